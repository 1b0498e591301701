#include "ui/screens/staff/NotThisRoleScreen.h"

#include "ui/screens/Parts.h"

namespace tram::screens {

Page NotThisRoleScreen::render() {
    return {
        .content = outcomeBody(host_, {.icon = "lock",
                                       .title = host_.tr("staff.not_this_role.title"),
                                       .what = host_.tr("staff.not_this_role.what"),
                                       .ways = {whatToDo(host_, {host_.tr("staff.not_this_role.now")})}}),
        .help = false,
        .right = {primary("back.again", host_.tr("action.back"), "arrow_back", [this] { host_.back(); })}};
}

}  // namespace tram::screens
