#include "gateway/source/FewAtOnce.h"

namespace tram::gateway {

FewAtOnce::Place::Place(FewAtOnce& few) : few_(few) {
    const std::lock_guard lock(few_.mutex_);
    taken_ = few_.underWay_ < few_.most_;
    if (taken_) ++few_.underWay_;
}

FewAtOnce::Place::~Place() {
    if (!taken_) return;
    const std::lock_guard lock(few_.mutex_);
    --few_.underWay_;
}

}  // namespace tram::gateway
