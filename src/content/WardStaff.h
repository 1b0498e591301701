#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "content/Alerts.h"

namespace tram::content {

/// Who may sign in at this kiosk, by the list of its ward as the agent keeps it. Any thread.
class WardStaff {
  public:
    WardStaff(const std::filesystem::path& dataDir, Alerts::RootSource root, const base::Clock& clock,
              std::string ward)
        : cache_(dataDir), root_(std::move(root)), clock_(clock), ward_(std::move(ward)) {}

    using List = std::shared_ptr<const wire::StaffList>;
    /// FileMissing before the first, and for another ward's; Expired by the time that this kiosk can prove,
    /// or by its clock, whichever is later; as SignedCache::read.
    base::Result<List> list();

  private:
    StaffCache cache_;
    Alerts::RootSource root_;
    const base::Clock& clock_;
    std::string ward_, stamp_;
    std::mutex mutex_;
    List list_;
};

}  // namespace tram::content
