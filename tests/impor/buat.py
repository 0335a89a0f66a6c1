"""Membuat tabel contoh seperti buatan kantor. Perlu: pip install openpyxl xlwt odfpy. Jalankan di folder ini."""

import datetime
import pathlib

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

JUDUL = ["No", "Kelurahan", "Kecamatan", "Kab/Kota", "Program", "Status", "Per", "Sumber"]
ANCOL = [1, "Ancol", "Pademangan", "Jakarta Utara", "IBM", "Dikonfirmasi", "2022", "berita-2021"]
WARAKAS = [2, "Warakas", "Tanjung Priok", "Jakarta Utara", "IBM", "Dilaporkan", "19/02/2021", "berita-2021"]
SEMPER = [3, "Semper Barat", "Cilincing", "Jakarta Utara", "IBM; Bersinar", "Dilaporkan", "Februari 2021", "berita-2021"]
TABEL = [JUDUL, ANCOL, WARAKAS, SEMPER]
KANTOR = ["Nama Kantor", "Tingkat", "Wilayah Kerja", "Alamat", "No. Telp", "Per", "Sumber", "Diperiksa"]
UTARA = ["BNNK Utara", "BNNK", "Jakarta Utara", "Jl. Contoh 1", "021 000 0000", "2022", "berita-2021", "2026-01-05"]


def tempat(nama, berkas, pilihan=()):
    folder = pathlib.Path(nama)
    folder.mkdir(exist_ok=True)
    (folder / "IMPOR").write_text("\n".join([berkas, *pilihan]) + "\n")
    return folder / berkas


def xlsx(nama, baris, ubah=None, pilihan=()):
    buku = openpyxl.Workbook()
    lembar = buku.active
    lembar.title = "Data"
    for isi in baris:
        lembar.append(isi)
    if ubah:
        ubah(buku, lembar)
    buku.save(tempat(nama, "tabel.xlsx", pilihan))


def xls(nama, baris, ubah=None):
    buku = xlwt.Workbook()
    lembar = buku.add_sheet("Data")
    for nomor, isi in enumerate(baris):
        for kolom, nilai in enumerate(isi):
            if nilai is not None:
                lembar.write(nomor, kolom, nilai)
    if ubah:
        ubah(buku, lembar)
    buku.save(str(tempat(nama, "tabel.xls")))


def csv(nama, baris, pemisah=";", kode="utf-8", awal="", akhir="\r\n"):
    def sel(nilai):
        nilai = str(nilai)
        return f'"{nilai}"' if pemisah in nilai else nilai

    teks = awal + "".join(pemisah.join(map(sel, isi)) + akhir for isi in baris)
    tempat(nama, "tabel.csv").write_bytes(teks.encode(kode))


def ods(nama, baris, gabung=None):
    dokumen = OpenDocumentSpreadsheet()
    sembunyi = Style(name="sembunyi", family="table")
    sembunyi.addElement(TableProperties(display="false"))
    dokumen.automaticstyles.addElement(sembunyi)
    lama = Table(name="Lama", stylename=sembunyi)
    lama.addElement(TableRow())
    dokumen.spreadsheet.addElement(lama)
    tabel = Table(name="Data")
    for nomor, isi in enumerate(baris):
        deret = TableRow()
        for kolom, nilai in enumerate(isi):
            if gabung and nomor == gabung[0] + 1 and kolom == gabung[1]:
                deret.addElement(CoveredTableCell())
                continue
            sifat = {"numberrowsspanned": 2} if gabung == (nomor, kolom) else {}
            if isinstance(nilai, int):
                sel = TableCell(valuetype="float", value=nilai, **sifat)
            else:
                sel = TableCell(valuetype="string", **sifat)
            sel.addElement(P(text=str(nilai)))
            deret.addElement(sel)
        deret.addElement(TableCell(numbercolumnsrepeated=1000))
        tabel.addElement(deret)
    kosong = TableRow(numberrowsrepeated=1048000)
    kosong.addElement(TableCell(numbercolumnsrepeated=1024))
    tabel.addElement(kosong)
    dokumen.spreadsheet.addElement(tabel)
    dokumen.save(tempat(nama, "tabel.ods"))


def ganti(baris, nomor, kolom, nilai):
    baru = [list(isi) for isi in baris]
    baru[nomor][kolom] = nilai
    return baru


def rumus(buku, lembar):
    lembar["E2"] = '=IF(1=1,"IBM","")'
    lembar["A2"] = "=ROW()-1"


def banyak(buku, lembar):
    buku.create_sheet("Rekap").append(["Jumlah", 3])


def tersembunyi(buku, lembar):
    buku.create_sheet("Sandi").append(["rahasia"])
    buku["Sandi"].sheet_state = "hidden"


def judul_gabung(buku, lembar):
    for baris in (1, 2):
        lembar.merge_cells(start_row=baris, start_column=1, end_row=baris, end_column=8)


def dua_judul(buku, lembar):
    lembar.merge_cells("B2:D2")
    for kolom in "AEFGH":
        lembar.merge_cells(f"{kolom}2:{kolom}3")


def tanda_tangan(buku, lembar):
    lembar["B7"] = "Keterangan: data dari kelurahan"
    lembar["G9"] = "Jakarta, 5 Januari 2026"
    lembar["G10"] = "Kepala Seksi Rehabilitasi"
    lembar["A900"].font = openpyxl.styles.Font(bold=True)


def tanggal(buku, lembar):
    lembar["G2"] = datetime.date(2022, 3, 22)
    lembar["G2"].number_format = "dd mmmm yyyy"
    lembar["G3"] = datetime.datetime(2021, 2, 19)
    lembar["G4"] = 2021


xlsx("xlsx-rapi", TABEL)
xlsx("xlsx-judul-gabung", [["DAFTAR UNIT IBM"], ["Tahun 2022"], []] + TABEL, judul_gabung)
ATAS = ["No", "Lokasi", None, None, "Program", "Status", "Per", "Sumber"]
BAWAH = [None, "Kelurahan", "Kecamatan", "Kab/Kota"]
NOMOR = [f"({n})" for n in range(1, 9)]
xlsx("xlsx-dua-baris-judul", [["DAFTAR UNIT"], ATAS, BAWAH, NOMOR] + TABEL[1:], dua_judul)
xlsx("xlsx-rumus", TABEL, rumus)
xlsx("xlsx-galat", ganti(TABEL, 2, 5, "#N/A"))
xlsx("xlsx-banyak-lembar", TABEL, banyak)
xlsx("xlsx-satu-lembar-dipilih", TABEL, banyak, ["--sheet", "Data"])
xlsx("xlsx-lembar-tersembunyi", TABEL, tersembunyi)
xlsx("xlsx-tanda-tangan", TABEL, tanda_tangan)
xlsx("xlsx-sda", ganti(TABEL, 2, 3, "sda"))
xlsx("xlsx-sel-gabung", TABEL, lambda buku, lembar: lembar.merge_cells("D2:D4"))
xlsx("xlsx-tanggal", TABEL, tanggal)
xlsx("xlsx-spasi-aneh", ganti(ganti(TABEL, 1, 1, "Ancol\u00a0"), 2, 1, "\u200bWarakas"))
xlsx("xlsx-nomor-relawan", [JUDUL + ["No HP Kader"]] + [isi + ["0800 0000 0000"] for isi in TABEL[1:]],
     pilihan=["--map", "telepon=No HP Kader"])
xlsx("xlsx-kolom-lain", [["No", "Lokasi"] + JUDUL[2:] + ["Jumlah Klien"]] + [isi + [35] for isi in TABEL[1:]],
     pilihan=["--map", "kelurahan=Lokasi"])
xlsx("xlsx-kantor", [KANTOR, UTARA,
     ["BNN Kota Contoh", "", "Kota Baubau; Buton Tengah", "Jl. Contoh 2", "0402-0000001", "2022", "berita-2021", ""]])
xlsx("xlsx-nol-hilang", [KANTOR, UTARA[:4] + [8000000000] + UTARA[5:]])
xls("xls-lama", TABEL)
xls("xls-nol-hilang", [KANTOR, UTARA[:4] + [8000000000] + UTARA[5:]])
xls("xls-sel-gabung", ganti(ganti(TABEL, 2, 4, None), 3, 4, None), lambda buku, lembar: lembar.merge(1, 3, 4, 4))
ods("ods-libreoffice", TABEL)
ods("ods-sel-gabung", TABEL, (1, 3))
csv("csv-titik-koma", TABEL, awal="\ufeff")
csv("csv-koma", [["Daftar unit, 2022"]] + TABEL, pemisah=",", akhir="\n")
csv("csv-windows-1252", ganti(TABEL, 1, 7, "berita-2021") + [[4, "Ancol", "", "", "", "", "", "daftar–é"]], kode="cp1252")
csv("csv-utf16", TABEL, pemisah="\t", kode="utf-16")
csv("csv-nol-hilang", [KANTOR, UTARA[:4] + ["8E+09"] + UTARA[5:]])
csv("csv-wilayah-ganda", [JUDUL, [1, "Sidomulyo", "", "", "IBM", "Dilaporkan", "2021", "berita-2021"],
    [2, "Warakaz", "", "Jakarta Utara", "IBM", "Dilaporkan", "2021", "berita-2021"]])
csv("csv-kode-tanpa-titik", [["Kode Wilayah"] + JUDUL[1:], ["3172051003"] + ANCOL[1:]])
csv("csv-dua-kali", TABEL + [ANCOL])
