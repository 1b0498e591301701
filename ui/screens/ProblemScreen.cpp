#include "ui/screens/ProblemScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

Page ProblemScreen::render() {
    const auto text = problemText(host_, problem_);
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [retry = retry_] { retry(); })}};
}

}  // namespace tram::screens
