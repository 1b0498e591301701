#pragma once
#include <opencv2/core.hpp>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::camera {

/// Frames that are kept compressed, in their order: a folder's pictures, a video, or one picture.
struct Recorded {
    std::vector<base::SecretBytes> frames;

    /// From an open file or directory (which is closed). Nothing is decoded, so this may come before the
    /// confinement: a file is read whole, of a folder every .png, .jpg and .jpeg by name, up to kMaxFrames
    /// and kMaxBytes. FileUnreadable, PictureTooLarge, PictureEmpty.
    static base::Result<Recorded> read(int fd);
    /// A file that turns out to be an .avi becomes its frames; only now are its bytes believed.
    base::Result<void> unpack();
};

constexpr std::size_t kMaxFrames = 2000;
constexpr std::size_t kMaxBytes = 192u << 20;

}  // namespace tram::camera
