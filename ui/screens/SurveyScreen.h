#pragma once
#include <map>

#include "survey/SurveyFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// A survey from its first question to *đã lưu tại trạm*; one function for each situation of its flow.
class SurveyScreen final : public Screen {
  public:
    SurveyScreen(Host& host, survey::SurveyFlow::Settings settings);
    ~SurveyScreen() override;
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::Survey; }
    bool back() override;

    survey::SurveyFlow& flow() { return flow_; }  ///< for the tour

  private:
    // SurveyQuestions
    Page sectionPage(std::size_t section);
    kit::ViewRef question(const form::Question& question, std::map<std::string, Field>& fields);
    void answer(const std::function<void()>& how);
    kit::ViewRef one(const form::Question& question);
    kit::ViewRef several(const form::Question& question);
    kit::ViewRef scale(const form::Question& question);
    kit::ViewRef typed(const form::Question& question, std::map<std::string, Field>& fields);
    std::shared_ptr<kit::TextEdit> editOf(const form::Question& question);
    std::string issueText(const form::Question& question) const;  ///< "" when nothing is wrong
    // SurveyCheckPage
    Page checkPage();
    std::string scaleText(const form::Question& question, std::int64_t value) const;
    std::string answerText(const form::Question& question) const;
    // SurveyOutcomePages
    Page loginPage(bool again);
    Page waitPage(const char* key, const char* icon);
    Page noTokenPage(const base::Problem& problem);
    Page keepFailedPage(const base::Problem& problem);
    Page notTakenPage(const std::string& title, const std::string& what);
    Page donePage(base::WallTime at);

    void flowChanged();
    void hold(bool under);
    kit::ButtonOptions nextButton();
    kit::ViewRef heading(std::size_t section) const;
    std::string words(const form::Bilingual& text) const { return text.in(host_.session().language); }

    Host& host_;
    survey::SurveyFlow flow_;
    std::map<std::string, std::shared_ptr<kit::TextEdit>> edits_;  ///< by question
    bool held_ = false;
};

/// From an entry's form; a form that cannot be read says so as any problem. `until`: its last day, or "".
void openSurvey(Host& host, const std::string& survey, const std::string& formJson, const std::string& until);

}  // namespace tram::screens
