#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"

namespace tram::device {

/// Asks a fresh tram-camera process to prepare a picture (scan/Picture.h), so that no foreign picture is
/// decoded in the kiosk: the file is its standard input, the answer comes through a pipe (PictureFrame.h).
/// The process has limits on time and memory; a crash or hang is HelperFailed.
class PictureHelper {
  public:
    static constexpr base::Millis kPatience{10000};

    explicit PictureHelper(std::filesystem::path program, base::Millis patience = kPatience);
    struct Prepared {
        base::SecretBytes jpeg, thumbnail;
        int width = 0, height = 0;
    };
    /// Blocks up to ten seconds once it is its turn, of all in this process; call it in the background. Over
    /// 25 MB is refused before anything is started. PictureEmpty, PictureTooLarge, PictureUnreadable,
    /// HelperFailed; FileMissing, FileUnreadable (also for what is not a plain file, or a symbolic link).
    base::Result<Prepared> prepare(const std::filesystem::path& file) const;
    /// The same with what is no file: the bytes go to the helper in memory that has no name.
    base::Result<Prepared> prepare(const base::SecretBytes& bytes) const;

    /// Ends and reaps every helper of this process.
    static void endAll();
    /// The same for the wipe, as an exec would leave them running; what asks for one afterwards gets
    /// HelperFailed.
    static void endAllForGood();

  private:
    base::Result<Prepared> prepareFrom(int original) const;

    std::filesystem::path program_;
    base::Millis patience_;
};

}  // namespace tram::device
