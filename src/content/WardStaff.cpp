#include "content/WardStaff.h"

#include <algorithm>

namespace tram::content {

using base::ProblemKind;

base::Result<WardStaff::List> WardStaff::list() {
    const std::lock_guard lock(mutex_);
    const auto stamp = cache_.stamp() + " " + root_.stamp();
    if (!list_ || stamp != stamp_) {
        list_.reset();
        const auto root = root_.read();
        if (!root) return tl::unexpected(root.error());
        auto read = cache_.read(*root);
        if (!read) return tl::unexpected(read.error());
        list_ = std::make_shared<const wire::StaffList>(std::move(*read));
        stamp_ = stamp;
    }
    if (list_->ward != ward_) return base::fail(ProblemKind::FileMissing);
    if (list_->expires <= std::max(cache_.trustedTime(clock_), clock_.wall()))
        return base::fail(ProblemKind::Expired);
    return list_;
}

}  // namespace tram::content
