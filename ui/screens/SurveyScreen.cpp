#include "ui/screens/SurveyScreen.h"

#include <algorithm>
#include <utility>

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemScreen.h"

namespace tram::screens {

using namespace kit;
namespace situation = survey::situation;

SurveyScreen::SurveyScreen(Host& host, survey::SurveyFlow::Settings settings)
    : host_(host),
      flow_(std::move(settings), {host.services().outbox, host.services().surveyTokens},
            host.services().scheduler, host.services().clock) {
    flow_.setResident(host.session().resident);
    flow_.onChange = [this] { flowChanged(); };
}

SurveyScreen::~SurveyScreen() {
    hold(false);
}

/// Nobody's absence ends the session between a token, which is spent, and the answer that is kept with it.
void SurveyScreen::hold(bool under) {
    if (std::exchange(held_, under) != under) host_.holdSession(under);
}

void SurveyScreen::flowChanged() {
    hold(std::holds_alternative<situation::Asking>(flow_.state()) ||
         std::holds_alternative<situation::Keeping>(flow_.state()));
    // Kept: from now on only the sealed copy holds what was written.
    if (std::holds_alternative<situation::Done>(flow_.state()))
        for (const auto& [question, edit] : edits_) {
            edit->onChange = nullptr;
            edit->clear();
        }
    host_.refresh();
}

std::string SurveyScreen::name() const {
    struct Name {
        std::string operator()(const situation::NeedsLogin&) const { return "survey_login"; }
        std::string operator()(const situation::Answering&) const { return "survey_questions"; }
        std::string operator()(const situation::Checking&) const { return "survey_check"; }
        std::string operator()(const situation::Asking&) const { return "survey_asking"; }
        std::string operator()(const situation::NoToken&) const { return "survey_no_token"; }
        std::string operator()(const situation::AlreadyAnswered&) const { return "survey_already"; }
        std::string operator()(const situation::Over&) const { return "survey_over"; }
        std::string operator()(const situation::Keeping&) const { return "survey_keeping"; }
        std::string operator()(const situation::KeepFailed&) const { return "survey_problem"; }
        std::string operator()(const situation::Done&) const { return "survey_done"; }
    };
    return std::visit(Name{}, flow_.state());
}

Page SurveyScreen::render() {
    struct Show {
        SurveyScreen& screen;
        Page operator()(const situation::NeedsLogin& s) const { return screen.loginPage(s.again); }
        Page operator()(const situation::Answering& s) const { return screen.sectionPage(s.section); }
        Page operator()(const situation::Checking&) const { return screen.checkPage(); }
        Page operator()(const situation::Asking&) const {
            return screen.waitPage("survey.asking", "how_to_vote");
        }
        Page operator()(const situation::NoToken& s) const { return screen.noTokenPage(s.problem); }
        Page operator()(const situation::AlreadyAnswered&) const {
            return screen.notTakenPage(screen.host_.tr("survey.already.title"),
                                       screen.host_.tr("survey.already.what"));
        }
        Page operator()(const situation::Over&) const {
            return screen.notTakenPage(screen.host_.tr("survey.over.title"),
                                       screen.host_.tr("survey.over.what"));
        }
        Page operator()(const situation::Keeping&) const { return screen.waitPage("survey.keeping", "lock"); }
        Page operator()(const situation::KeepFailed& s) const { return screen.keepFailedPage(s.problem); }
        Page operator()(const situation::Done& s) const { return screen.donePage(s.at); }
    };
    return std::visit(Show{*this}, flow_.state());
}

bool SurveyScreen::back() {
    host_.leaveField();
    return flow_.back();
}

void openSurvey(Host& host, const std::string& survey, const std::string& formJson,
                const std::string& until) {
    auto form = form::Form::parse(formJson);
    if (!form)
        return host.open(std::make_unique<ProblemScreen>(host, form.error(), [&host] { host.back(); }));
    host.open(std::make_unique<SurveyScreen>(
        host,
        survey::SurveyFlow::Settings{survey, formJson, std::move(*form), host.session().language, until}));
}

}  // namespace tram::screens
