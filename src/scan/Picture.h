#pragma once
#include "base/Result.h"
#include "base/Secret.h"

namespace tram::scan {

/// A resident's picture made fit to send: decoded, turned upright by its EXIF orientation, at most 2048 px on
/// the long side, written anew as JPEG without any metadata; and a small one for the screen. Runs in
/// tram-camera only.
struct PreparedPicture {
    base::SecretBytes jpeg;       ///< ≤ 2048 px long side, quality 85
    base::SecretBytes thumbnail;  ///< JPEG, ≤ 360 px long side
    int width = 0, height = 0;
};

constexpr std::size_t kMaxPictureBytes = 25u << 20;

/// PictureEmpty, PictureTooLarge (bytes, or over 60 megapixels), PictureUnreadable.
base::Result<PreparedPicture> preparePicture(const base::SecretBytes& original);

}  // namespace tram::scan
