#pragma once
#include <chrono>
#include <mutex>
#include <string>

#include "gateway/survey/SurveyResults.h"

namespace tram::gateway {

/// Results go out in batches, so that nobody reads one person's answer off them by looking before and after
/// (docs/CONTENT.md, Surveys): two that were shown never differ by fewer than `least` answers. A batch ends
/// at a full hour, has `least` answers, and is shown when as many have come after it, so that the last one,
/// after the survey's end, is no smaller. Which answers are shown stands in the store; the counts are kept,
/// and stay as they are while single answers are erased.
class SurveyBatches {
  public:
    struct Rule {
        std::int64_t least = 5;      ///< 1: everything at once, as in a demo
        std::chrono::days late{14};  ///< how long after its end answers may still come
    };
    SurveyBatches(SharedDatabase& reports, SurveyForms& forms, SurveyStore& store, Rule rule)
        : reports_(reports), forms_(forms), store_(store), rule_(rule) {}

    /// Closes every batch that may be; cheap when there is none. Any thread, of the serving process alone.
    base::Result<void> close(base::WallTime now);
    std::int64_t least() const { return rule_.least; }
    /// Nothing more can come.
    bool isOver(const SurveyForms::Known& survey, base::WallTime now) const;

  private:
    base::Result<void> close(const SurveyForms::Known& survey, base::WallTime now);
    base::Result<bool> mark(const SurveyForms::Known& survey, base::WallTime now);
    base::Result<void> count(const std::string& survey, base::WallTime now);

    SharedDatabase& reports_;
    SurveyForms& forms_;
    SurveyStore& store_;
    Rule rule_;
    std::mutex mutex_;
};

}  // namespace tram::gateway
