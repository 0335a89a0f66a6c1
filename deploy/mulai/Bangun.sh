#!/bin/sh
# Membangun situs untuk diterbitkan, ke folder situs/dist. Isi yang salah tidak dibangun.
cd "$(dirname "$0")/situs" && ../bersinar build "$@"
printf 'Tekan Enter untuk menutup. '
read -r _
