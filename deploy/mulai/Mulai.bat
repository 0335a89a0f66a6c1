@rem Menampilkan situs di peramban, dengan tombol untuk mengubahnya. Menutup jendela ini menghentikannya.
@cd /d "%~dp0situs" && ..\bersinar.exe serve --edit --open %*
@pause
