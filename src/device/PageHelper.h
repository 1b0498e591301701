#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"

namespace tram::device {

/// Asks a fresh tram-camera process for the page in a picture: found, straightened, upright, cleaned. As
/// PictureHelper does: nothing foreign is decoded here, the process has limits on time and memory, and no
/// picture goes by a file of ours.
class PageHelper {
  public:
    static constexpr base::Millis kPatience{12000};

    explicit PageHelper(std::filesystem::path program, base::Millis patience = kPatience);

    enum class Shape { Sheet, Card, Other };
    struct Page {
        base::SecretBytes jpeg, thumbnail;  ///< JFIF with its resolution, ≤ 1.2 MB
        int width = 0, height = 0, dpi = 0;
        Shape shape = Shape::Other;
        int turned = 0;            ///< degrees clockwise against how it lay in the picture
        bool uprightSure = false;  ///< false: as the camera saw it
        bool looksLikeQr =
            false;  ///< a QR code's three corners are in the picture, whether it was read or not
        std::vector<base::SecretText> codes = {};  ///< all that were read in the whole picture
    };
    /// Blocks up to twelve seconds once it is its turn; call it in the background. PageMissing, SeveralPages;
    /// PictureEmpty, PictureTooLarge, PictureUnreadable, HelperFailed; FileMissing, FileUnreadable.
    base::Result<Page> clean(const std::filesystem::path& file) const;
    base::Result<Page> clean(const base::SecretBytes& picture) const;

  private:
    base::Result<Page> cleanFrom(int original) const;

    std::filesystem::path program_;
    base::Millis patience_;
};

}  // namespace tram::device
