#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "form/Answers.h"
#include "gateway/survey/SurveyStore.h"

namespace tram::gateway {

using form::Bilingual;

/// What came of one question. Answers to former forms of the survey count as far as the present one has their
/// question and their option.
struct Tally {
    const form::Question* question = nullptr;
    std::int64_t answered = 0;
    struct Bar {
        Bilingual label;  ///< an option's text, or a step of a scale
        std::int64_t count = 0;
    };
    std::vector<Bar> bars;        ///< One, Several, Scale
    std::vector<double> numbers;  ///< Number, in ascending order
    double mean() const;          ///< of Scale and Number; 0 for none
    double median() const;        ///< of Number
};

struct SurveyResults {
    SurveyForms::Known survey;
    SurveyStore::Counts counts;
    std::vector<Tally> tallies;  ///< in the form's order; they point into `survey`
};

/// Answers are read by the form they were given to; each form is read once.
class FormsRead {
  public:
    FormsRead(SurveyForms& forms, std::string survey, base::WallTime now)
        : forms_(forms), survey_(std::move(survey)), now_(now) {}
    std::optional<form::Answers> answers(const SurveyStore::Row& row);

  private:
    SurveyForms& forms_;
    std::string survey_;
    base::WallTime now_;
    std::map<std::string, std::optional<form::Form>> read_;
};

/// NotFound for a survey that never was published here.
base::Result<std::unique_ptr<SurveyResults>> surveyResults(const std::string& survey, SurveyForms& forms,
                                                           SurveyStore& store, base::WallTime now);

/// Question, option, how many, of how many; nothing that one person wrote. As CSV below.
std::string countsCsv(const SurveyResults& results);
/// A line for each answer, free text too: day, one column a question, and with `names` the action's id and
/// the name that signed; in the order of what is written, which tells nothing of who came when. RFC 4180,
/// UTF-8 with a byte order mark, and no cell of anybody's that a spreadsheet would take for a formula.
base::Result<std::string> answersCsv(const SurveyResults& results, SurveyForms& forms, SurveyStore& store,
                                     bool names, base::WallTime now);
/// Bars for each question, each with its number, and how many answered it.
std::string chartSvg(const SurveyResults& results, const std::string& language);
std::string csvCell(std::string_view text);

}  // namespace tram::gateway
