#pragma once
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "base/Scheduler.h"
#include "device/PageHelper.h"
#include "paper/ScannedPages.h"

namespace tram::papers {

enum class Limit { Pages, Bytes };

/// A cleaned page. Nothing of it is on a disk.
struct PaperPage {
    base::SecretBytes jpeg, thumbnail;
    int width = 0, height = 0, dpi = 0;  ///< of the JPEG, before quarters
    int quarters = 0;                    ///< turned clockwise by hand since, 0…3; thumbnails are shown so
    bool uprightSure = false;            ///< false: how it stands is only how it lay; people should look
    int number = 0;                      ///< stable within its flow, names no file
    bool identity = false;               ///< shows an identity paper (papers/IdentityPapers.h)
};

namespace situation {
struct Empty {};
struct Cleaning {};  ///< its page is looked for and straightened; seconds at most
struct Captured {};  ///< captured() is to be accepted or taken anew
struct Pages {};     ///< pages() has some, and there is room for more
struct Full {
    Limit limit;
};  ///< as much as one PDF may hold; what was captured last is not in it when the limit is Bytes
struct Failed {
    base::Problem why;
    std::size_t kept;  ///< pages that are there all the same
};
struct Binding {};
struct Bound {
    int pages;
    std::size_t bytes;
};  ///< takePdf()
}  // namespace situation
using PapersState = std::variant<situation::Empty, situation::Cleaning, situation::Captured, situation::Pages,
                                 situation::Full, situation::Failed, situation::Binding, situation::Bound>;

/// Papers from a camera or a scanner's file to one PDF, page by page. All functions on the UI thread; in
/// memory alone, so that a power cut leaves nothing of them. A picture is wiped as soon as its page is
/// cleaned.
class PapersFlow {
  public:
    struct Settings {
        bool mayCaptureIdentityPapers = false;  ///< of whoever captures
        std::size_t mostPages = paper::kMostScannedPages;
        std::size_t mostBytes = paper::kMostScannedBytes;
    };
    /// All are called in the background and may block.
    struct Services {
        std::function<base::Result<device::PageHelper::Page>(const base::SecretBytes&)> clean;
        std::function<base::Result<device::PageHelper::Page>(const std::filesystem::path&)> cleanFile;
        std::function<void(const std::filesystem::path&)> forgetFile;  ///< papers/Sources.h
    };
    PapersFlow(Settings settings, Services services, base::Scheduler& scheduler, const base::Clock& clock);

    std::function<void()> onChange;
    const PapersState& state() const { return state_; }
    const std::vector<PaperPage>& pages() const { return pages_; }
    const PaperPage* captured() const { return captured_ ? &*captured_ : nullptr; }
    std::size_t bytes() const;  ///< of all pages

    /// A picture by the camera or a phone; wiped whatever comes of it. From anywhere but Cleaning, Full,
    /// Binding and Bound: Cleaning → Captured or Failed: as PageHelper says, or IdentityPaper.
    void capture(base::SecretBytes picture);
    /// The same of a file that a scanner has written. It is gone once its page is cleaned, or refused as an
    /// identity paper; it stays where it is when no page was found in it.
    void captureFile(std::filesystem::path file);
    void accept();  ///< the captured page becomes the last one: Pages or Full
    void retake();  ///< the captured page is wiped, or the failure has been read: back to what is kept
    void rotateCaptured();          ///< by a quarter, clockwise
    void rotate(std::size_t page);  ///< by a quarter, clockwise
    void move(std::size_t from, std::size_t to);
    void remove(std::size_t page);
    /// From Pages and Full: Binding → Bound, or Failed (paper::bindPages) with every page kept.
    void makePdf();
    /// From Bound: the PDF and nothing left behind: Empty.
    base::SecretBytes takePdf();
    void backToPages();  ///< from Bound: the PDF is wiped, the pages are there
    void clear();        ///< everything is wiped, what is under way comes to nothing: Empty

  private:
    using Page = device::PageHelper::Page;
    template <class Clean>
    void captureBy(Clean clean);
    void cleaned(base::Result<Page> page);
    bool mayCapture() const;
    void settle();  ///< Empty, Pages or Full, by what there is
    void become(PapersState state);

    Settings settings_;
    Services services_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    PapersState state_;
    std::vector<PaperPage> pages_;
    std::optional<PaperPage> captured_;
    int lastNumber_ = 0;
    std::optional<paper::Pdf> pdf_;
    base::Lifetime lifetime_;
};

}  // namespace tram::papers
