"""Run as a program: HEIC on standard input, JPEG on standard output; exit 1 when it cannot.

Started by ``heic.as_jpeg`` with nothing of the server in it: no secrets, no database, no network
address, and limits that the kernel keeps.
"""

import io
import resource
import sys

_CPU_SECONDS = 20
_MEMORY = 1536 * 1024 * 1024
_LARGEST_INPUT = 16 * 1024 * 1024
_QUALITIES = (90, 80, 65, 45)


def main() -> int:
    """Convert one picture under limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pi_heif

    most_pixels, most_bytes = int(sys.argv[1]), int(sys.argv[2])
    pi_heif.options.DECODE_THREADS = 1
    picture = pi_heif.open_heif(sys.stdin.buffer.read(_LARGEST_INPUT), convert_hdr_to_8bit=True)
    width, height = picture.size
    if width * height > most_pixels:
        return 1
    image = picture.to_pillow().convert("RGB")
    colours = picture.info.get("icc_profile")
    for quality in _QUALITIES:
        written = io.BytesIO()
        image.save(written, "JPEG", quality=quality, icc_profile=colours, exif=b"")
        if written.tell() <= most_bytes:
            sys.stdout.buffer.write(written.getvalue())
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
