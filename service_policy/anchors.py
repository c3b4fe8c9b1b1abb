"""Places on pages that a text may link to, besides the headings of a text itself."""

TEMPLATE_ANCHORS: frozenset[str] = frozenset(
    """
    ban-dung ban-ve cac-buoc cac-phien-ban cach-dong cach-ghi cam-ket can-cu cau-hoi
    chan-phap-ly chua-co co-de-hieu cung-chu-de danh-sach day-chuyen dieu-kien ghi-chu
    hai-mau han-noi-bo hay-hoi ket-qua ket-qua-that khi-nao-tu-choi khong-ap-dung lien-quan loai-tru
    ma-ngung-ban menu moi-nhat moi-thang muc-ban-ve muc-bao-hanh muc-cau-hoi muc-linh-kien muc-may
    muc-nhan muc-tai-lieu muc-thong-so muc-tieu ngung-ban nguon noi-dung phap-ly quyen san-pham
    sua-so thay-doi theo-thang thoi-han tien-bu trang-khac trong-muc-nay tu-choi ve-bang-gia vi-du
    viec xau-nhat
    """.split()
)
"""The ids that the theme's templates write out; a test holds them to the templates."""
