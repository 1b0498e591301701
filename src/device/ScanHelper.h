#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "sight/Messages.h"

namespace tram::device {

/// Asks a fresh tram-camera process which codes are in a picture (JPEG, PNG, WebP), a Motion JPEG .avi or a
/// folder of pictures, by the very pipeline that looks through the camera (scan/CodeReader.h).
class ScanHelper {
  public:
    static constexpr base::Millis kPatience{600'000};

    explicit ScanHelper(std::filesystem::path program, base::Millis patience = kPatience);
    struct Seen {
        std::vector<sight::Code> codes;                    ///< in the order in which they came to count
        std::vector<std::vector<std::uint32_t>> together;  ///< the numbers of those in view, at each change
    };
    /// Blocks. No code is no failure. FileMissing, FileUnreadable; PictureEmpty, PictureTooLarge,
    /// PictureUnreadable (key "scans": scan/PictureHeader.h), HelperFailed.
    base::Result<Seen> read(const std::filesystem::path& path) const;

  private:
    std::filesystem::path program_;
    base::Millis patience_;
};

}  // namespace tram::device
