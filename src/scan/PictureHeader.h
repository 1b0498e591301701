#pragma once
#include <span>

#include "base/Result.h"

namespace tram::scan {

/// What a picture's own header says, read without decoding anything, so that only JPEG, PNG and WebP of a
/// bearable size ever reach a decoder.
struct PictureHeader {
    enum class Format { Jpeg, Png, WebP };
    Format format = Format::Jpeg;
    int width = 0, height = 0;  ///< as stored, before turning
    int orientation = 1;        ///< EXIF 2.32 tag 0x0112, 1–8
    bool transparent = false;   ///< has an alpha channel, or may have
    int scans = 1;              ///< of a JPEG; beyond kMaxScans they are not counted

    /// PictureUnreadable: another format, damaged, or cut off before its end; with key "scans" a JPEG in more
    /// than kMaxScans parts. PictureTooLarge: over kMaxPixels.
    static base::Result<PictureHeader> read(std::span<const unsigned char> bytes);
};

constexpr long long kMaxPixels = 60'000'000;
/// A progressive JPEG comes in scans, ten from libjpeg and a few more from other writers. Each goes over the
/// whole picture again, however few bytes it has, so that a small file could keep a decoder busy for hours.
constexpr int kMaxScans = 40;

}  // namespace tram::scan
