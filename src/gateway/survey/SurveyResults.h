#pragma once
#include <map>
#include <memory>
#include <optional>
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
    std::vector<Bar> bars;  ///< One, Several, Scale
    struct Numbers {
        double least = 0, most = 0, mean = 0, median = 0;
    };
    std::optional<Numbers> numbers;  ///< Number, when there are any
    double mean() const;             ///< of Scale; 0 for none
};

/// What is shown of a survey: of the batches that have been closed (SurveyBatches), however many answers have
/// come since.
struct SurveyResults {
    SurveyForms::Known survey;  ///< by whose form it was counted
    /// Answers that came before; nothing, and no tallies, while they are too few.
    std::optional<base::WallTime> asOf;
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

/// Counts those that are marked as shown. NotFound for a survey that never was published here.
base::Result<std::unique_ptr<SurveyResults>> countShown(const std::string& survey, SurveyForms& forms,
                                                        SurveyStore& store, base::WallTime now);
/// As they were last counted. Likewise.
base::Result<std::unique_ptr<SurveyResults>> surveyResults(const std::string& survey, SurveyForms& forms,
                                                           SharedDatabase& reports, base::WallTime now);
/// The tallies as they are kept, and read again by the same form; StoreDamaged.
std::string talliesJson(const SurveyResults& results);
base::Result<std::vector<Tally>> readTallies(const form::Form& form, const std::string& json);

/// Question, option, how many, of how many; nothing that one person wrote. As CSV below.
std::string countsCsv(const SurveyResults& results);
/// A line for each answer that is shown, free text too: day, one column a question; in the order of what is
/// written, which tells nothing of who came when. With `names`, of a signed survey, the action's id and the
/// name that signed, and all answers that have come. RFC 4180, UTF-8 with a byte order mark, and no cell of
/// anybody's that a spreadsheet would take for a formula.
base::Result<std::string> answersCsv(const SurveyResults& results, SurveyForms& forms, SurveyStore& store,
                                     bool names, base::WallTime now);
/// Bars for each question, each with its number, and how many answered it.
std::string chartSvg(const SurveyResults& results, const std::string& language);

}  // namespace tram::gateway
