#pragma once
#include <map>
#include <optional>

#include "papers/PapersFlow.h"
#include "papers/Sources.h"
#include "ui/screens/CameraLook.h"
#include "ui/screens/staff/StaffScreen.h"

namespace tram::screens {

/// One resident's papers while they are captured; stands while other sections are open, ends with the wipe.
struct PapersWork {
    /// `mayIdentity`: of whoever is on duty (wire::Permission::CaptureIdentityPaper).
    PapersWork(Host& host, papers::PapersFlow::Services services, bool mayIdentity,
               std::size_t most = paper::kMostScannedPages);
    bool mayIdentity;
    std::size_t most;   ///< pages
    bool told = false;  ///< that this errand has begun stands in the log
    papers::PapersFlow flow;
};

/// *Số hoá giấy tờ*: pages by the station's camera or from a scanner's folder, to one PDF in a new report.
/// Only in an open file, with consent.
class PapersPage final : public StaffPage {
  public:
    PapersPage(Host& host, std::shared_ptr<PapersWork> work);
    ~PapersPage() override;
    PapersPage(const PapersPage&) = delete;
    PapersPage& operator=(const PapersPage&) = delete;

    std::string name() const override { return "papers"; }
    kit::ViewRef render() override;
    bool back() override;
    void covered(bool over) override;

    /// In the data directory: where a scanner puts its files, or a link to that.
    static constexpr const char* kScans = "scans";
    static constexpr base::Millis kLookAgain{3000};

    papers::PapersFlow& flow() const { return work_->flow; }

  private:
    bool allowed() const;
    void changed();
    void follow();
    void begin();
    void take();
    void came(base::Result<device::Camera::Taken> picture);
    void takeScan(const std::filesystem::path& file);
    void lookForScans();
    void attach();
    void handOver(int pages);
    void tellLog() const;

    // PapersViews
    kit::ViewRef asking() const;
    kit::ViewRef capturing();
    kit::ViewRef beside(kit::ViewRef picture, kit::Views words) const;
    kit::ViewRef filming();
    kit::ViewRef captured(const papers::PaperPage& page);
    kit::ViewRef state() const;
    kit::ViewRef attachButton();
    kit::ViewRef scans();
    kit::ViewRef pages();
    kit::ViewRef tileOf(const papers::PaperPage& page, std::size_t at);
    kit::ViewRef chosenPage();
    std::shared_ptr<const std::string> shown(int key, const base::SecretBytes& picture);

    Host& host_;
    std::shared_ptr<PapersWork> work_;
    CameraLook camera_;
    bool onTop_ = false, looking_ = false;
    bool taking_ = false, failed_ = false;        ///< the last press: its frame is awaited; it brought none
    std::optional<int> chosen_;                   ///< number of the page that is being put in order
    std::optional<wire::FeedbackFields> fields_;  ///< of the report that is to have the papers
    std::optional<base::Problem> trouble_;        ///< no report can be written
    papers::ScannerFiles scans_;
    std::map<int, std::shared_ptr<const std::string>> shown_;  ///< thumbnails; below zero: the captured page
    base::Lifetime looks_;
};

}  // namespace tram::screens
