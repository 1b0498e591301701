#pragma once
#include <filesystem>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::device {

/// Asks a fresh tram-camera process to prepare a picture (scan/Picture.h), over pipes, so that no foreign picture is
/// decoded in the kiosk. The process has limits on time and memory; a crash or hang is HelperFailed.
class PictureHelper {
  public:
    explicit PictureHelper(std::filesystem::path program);
    struct Prepared {
        base::SecretBytes jpeg, thumbnail;
        int width = 0, height = 0;
    };
    /// Blocks up to ten seconds; call it in the background. Over 25 MB is refused before anything is started.
    base::Result<Prepared> prepare(const std::filesystem::path& file) const;

  private:
    std::filesystem::path program_;
};

}  // namespace tram::device
