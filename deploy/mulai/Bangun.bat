@rem Membangun situs untuk diterbitkan, ke folder situs\dist. Isi yang salah tidak dibangun.
@cd /d "%~dp0situs" && ..\bersinar.exe build %*
@pause
