#include "identity/FormerLogins.h"

namespace tram::identity {

void FormerLogins::nobodyHere() {
    const auto now = clock_.boot().sinceBoot;
    if (ended_ || asking_ || now < next_) return;
    asking_ = true;
    next_ = now + kAgain;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), end = end_] {
        const bool ended = end().has_value();
        ui.onUi(token, [this, ended] {
            ended_ = ended;
            asking_ = false;
        });
    });
}

}  // namespace tram::identity
