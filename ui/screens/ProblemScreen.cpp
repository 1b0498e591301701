#include "ui/screens/ProblemScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

Page ProblemScreen::render() {
    return {.content = problemView(host_, problemText(host_, problem_)),
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [retry = retry_] { retry(); })}};
}

}  // namespace tram::screens
