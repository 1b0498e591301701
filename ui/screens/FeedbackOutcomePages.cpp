#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;

Page FeedbackScreen::keepingPage() {
    return {
        .content = centredBody(host_, "page",
                               {hero("lock", Mood::Info),
                                paragraph(host_.tr("feedback.keeping"),
                                          {.role = Type::Title, .align = Align::Centre, .heading = true})}),
        .back = false,
        .end = false};
}

Page FeedbackScreen::keepFailedPage(const base::Problem& problem) {
    const auto text = problemText(host_, problem);
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("retry", host_.tr("action.retry"), "refresh", [this] { flow_.retry(); })}};
}

}  // namespace tram::screens
