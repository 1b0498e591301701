#include <fmt/core.h>

#include <algorithm>

#include "base/Csv.h"
#include "gateway/survey/SurveyResults.h"

namespace tram::gateway {

using form::QuestionType;

namespace {

std::string optionsText(const form::Question& question, const form::Answers& answers) {
    std::string text;
    for (const auto& option : question.options)
        if (answers.chose(question.id, option.id)) text += (text.empty() ? "" : "; ") + option.text.vi;
    return base::csvCell(text);
}

std::string answerCell(const form::Question& question, const form::Answers& answers) {
    if (!question.options.empty()) return optionsText(question, answers);
    if (question.type == QuestionType::Text) return base::csvCell(answers.text(question.id));
    const auto* number = answers.number(question.id);
    return number ? form::numberText(*number, "en") : "";
}

std::string dayOf(base::WallTime at) {
    return base::toRfc3339(at).substr(0, 10);
}

std::string number(double value) {
    return fmt::format("{:.2f}", value);
}

}  // namespace

std::string countsCsv(const SurveyResults& results) {
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv,
                     {"question", "text", "option", "count", "answered", "mean", "median", "least", "most"});
    for (const auto& tally : results.tallies) {
        const auto& question = *tally.question;
        const auto id = base::csvCell(question.id), text = base::csvCell(question.text.vi),
                   answered = std::to_string(tally.answered);
        for (const auto& bar : tally.bars)
            base::addCsvLine(csv, {id, text, base::csvCell(bar.label.vi), std::to_string(bar.count), answered,
                                   "", "", "", ""});
        std::vector<std::string> line = {id, text, "", "", answered, "", "", "", ""};
        if (question.type == QuestionType::Scale && tally.answered > 0) line[5] = number(tally.mean());
        if (const auto& n = tally.numbers) {
            line.resize(5);
            for (const double value : {n->mean, n->median, n->least, n->most}) line.push_back(number(value));
        }
        base::addCsvLine(csv, line);
    }
    return csv;
}

base::Result<std::string> answersCsv(const SurveyResults& results, SurveyForms& forms, SurveyStore& store,
                                     bool names, base::WallTime now) {
    const auto questions = results.survey.form.questions();
    std::vector<std::string> head = {"day"};
    if (names) head.insert(head.end(), {"id", "name"});
    for (const auto* question : questions) head.push_back(base::csvCell(question->text.vi));
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv, head);
    FormsRead read(forms, results.survey.survey, now);
    std::vector<std::string> lines;
    if (!names && !results.asOf) return csv;
    const auto which = names ? SurveyStore::Which::All : SurveyStore::Which::Shown;
    const auto done = store.each(results.survey.survey, which, [&](const SurveyStore::Row& row) {
        const auto answers = read.answers(row);
        if (!answers) return;
        std::vector<std::string> cells = {dayOf(row.at)};
        if (names) cells.insert(cells.end(), {row.id, base::csvCell(row.name)});
        for (const auto* question : questions) cells.push_back(answerCell(*question, *answers));
        base::addCsvLine(lines.emplace_back(), cells);
    });
    if (!done) return tl::unexpected(done.error());
    std::ranges::sort(lines);
    for (const auto& line : lines) csv += line;
    return csv;
}

}  // namespace tram::gateway
