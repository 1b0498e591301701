#include "ui/screens/SurveyScreen.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

/// The pretend city's surveys: one that anybody answers, one that each resident answers once.
void Tour::planSurvey() {
    namespace situation = survey::situation;
    const auto flow = [this]() -> survey::SurveyFlow& {
        return dynamic_cast<screens::SurveyScreen&>(kiosk_.screen()).flow();
    };
    const auto opens = [this](const std::string& survey) {
        homeAgain();
        press("tile.all");
        press("group.khao-sat");
        press("entry.survey." + survey);
    };
    stop("survey-entry", [opens] { opens("phuc-vu-tai-phuong-2026"); }, [this] { return at("city_entry"); });
    stop("survey-questions", [this] { press("answer"); }, [this] { return at("survey_questions"); });
    stop("survey-questions-missing", [this] { press("next"); });
    stop("survey-questions-text", [this] { press("q.viec.khac"); });
    stop("survey-questions-second", [this] {
        press("q.viec.ho-tich");
        press("next");
    });
    stop("survey-questions-wrong", [this] { press("next"); });
    stop(
        "survey-check",
        [flow] {
            auto& answered = flow();
            for (int round = 0; round < 8; ++round) {
                if (std::holds_alternative<situation::Checking>(answered.state())) break;
                if (const auto* on = std::get_if<situation::Answering>(&answered.state()))
                    for (const auto* question : answered.questions(on->section)) {
                        if (answered.answers().has(question->id)) continue;
                        if (!question->options.empty())
                            answered.choose(question->id, question->options.front().id);
                        else if (question->type == form::QuestionType::Scale)
                            answered.setScale(question->id, static_cast<int>(question->most));
                        else if (question->type == form::QuestionType::Number)
                            answered.setNumber(question->id, std::to_string(question->least));
                    }
                answered.next();
            }
        },
        [this] { return at("survey_check"); });
    stop("survey-done", [this] { press("send"); }, [this] { return at("survey_done"); });
    stop(
        "survey-login",
        [this, opens] {
            opens("cong-vien-ban-co-2026");
            press("answer");
        },
        [this] { return at("survey_login"); });
}

}  // namespace tram::shell
