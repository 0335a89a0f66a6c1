#!/bin/sh
# Menampilkan situs di peramban, dengan tombol untuk mengubahnya. Menutup jendela ini menghentikannya.
cd "$(dirname "$0")/situs" && exec ../bersinar serve --edit --open "$@"
