#include "form/Form.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/VietnameseText.h"
#include "crypto/Bytes.h"
#include "form/FormReader.h"
#include "strict/Json.h"
#include "strict/JsonPlace.h"

namespace tram::form {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxTitle = 200, kMaxIntro = 1'000, kMaxQuestion = 300, kMaxLabel = 100, kMaxUnit = 30;
constexpr std::size_t kMaxParts = 8, kMaxDepth = 3;
constexpr std::int64_t kMaxScale = 10, kUsualText = 500;

constexpr std::array<std::pair<std::string_view, QuestionType>, 5> kTypes = {
    {{"one", QuestionType::One},
     {"several", QuestionType::Several},
     {"scale", QuestionType::Scale},
     {"number", QuestionType::Number},
     {"text", QuestionType::Text}}};

constexpr std::size_t kSlug = 64, kAround = 6, kNumber = 24;

/// What its answer takes at most, as JSON.
std::size_t answerBytes(const Question& question) {
    const auto own = question.id.size() + kAround;
    if (question.type == QuestionType::Text) return own + 4 * static_cast<std::size_t>(question.most);
    return own + std::max(kNumber, question.options.size() * (kSlug + kAround));
}

std::size_t answerBytes(const Form& form) {
    std::size_t all = 0;
    for (const auto* question : form.questions()) all += answerBytes(*question);
    return all;
}

bool hasOptions(QuestionType type) {
    return type == QuestionType::One || type == QuestionType::Several;
}

/// Conditions look back at what has been read of the form so far.
class FormReading {
  public:
    FormReading(Form& form, std::vector<Fault>& faults) : form_(form), faults_(faults) {}

    void read(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        from.integer("v", 1, 1);
        form_.title = from.words("title", kMaxTitle);
        form_.intro = from.words("intro", kMaxIntro, true);
        form_.identity = identity(from);
        form_.once = from.optionalFlag("once", false);
        from.array("sections", 1, Form::kMaxSections,
                   [&](const json& item, const std::string& place) { section(item, place); });
        from.finish();
        if (form_.questions().size() > Form::kMaxQuestions)
            from.refuse("sections", "survey_questions:" + std::to_string(Form::kMaxQuestions));
        if (answerBytes(form_) > Form::kMaxAnswerBytes) from.refuse("sections", "survey_answers");
    }

  private:
    static Identity identity(FormReader& from) {
        const auto text = from.text("identity", kMaxLabel);
        if (!text.empty() && text != "anonymous" && text != "signed")
            from.refuse("identity", "survey_identity");
        return text == "signed" ? Identity::Signed : Identity::Anonymous;
    }

    void section(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        form_.sections.push_back({from.optionalWords("title", kMaxTitle), {}});
        from.array("questions", 1, Form::kMaxQuestions, [&](const json& item, const std::string& place) {
            auto read = question(item, place);
            form_.sections.back().questions.push_back(std::move(read));
        });
        from.finish();
    }

    Question question(const json& value, const std::string& at) {
        FormReader from(value, at, faults_);
        Question question;
        question.id = from.slug("id");
        if (form_.question(question.id)) from.refuse("id", "survey_id_once");
        question.type = type(from);
        question.text = from.words("text", kMaxQuestion);
        question.help = from.optionalWords("help", kMaxQuestion);
        question.required = from.optionalFlag("required", false);
        if (from.has("when")) question.when = condition(from.member("when"), from.at("when"), 1);
        readOwn(from, question);
        from.finish();
        return question;
    }

    static QuestionType type(FormReader& from) {
        const auto text = from.text("type", kMaxLabel);
        const auto found = std::ranges::find(kTypes, text, &std::pair<std::string_view, QuestionType>::first);
        if (found != kTypes.end()) return found->second;
        if (!text.empty()) from.refuse("type", "survey_type");
        return QuestionType::Text;
    }

    void readOwn(FormReader& from, Question& question) {
        if (hasOptions(question.type)) options(from, question);
        if (question.type == QuestionType::Several) {
            const auto all = static_cast<std::int64_t>(question.options.size());
            question.most = from.optionalInteger("most", 1, std::max<std::int64_t>(all, 1), all);
            question.least = from.optionalInteger("least", 1, std::max<std::int64_t>(question.most, 1), 1);
        } else if (question.type == QuestionType::Scale) {
            question.least = from.integer("from", 0, 1);
            question.most = from.integer("to", question.least + 1, kMaxScale);
            question.leastLabel = from.optionalWords("from_label", kMaxLabel);
            question.mostLabel = from.optionalWords("to_label", kMaxLabel);
        } else if (question.type == QuestionType::Number) {
            question.least = from.optionalInteger("least", -Form::kMaxNumber, Form::kMaxNumber, 0);
            question.most = from.optionalInteger("most", question.least, Form::kMaxNumber, Form::kMaxNumber);
            question.whole = from.optionalFlag("whole", true);
            question.unit = from.optionalWords("unit", kMaxUnit);
        } else if (question.type == QuestionType::Text) {
            question.most = from.optionalInteger("most", 1, Form::kMaxTextCharacters, kUsualText);
        }
    }

    void options(FormReader& from, Question& question) {
        from.array("options", 2, Form::kMaxOptions, [&](const json& item, const std::string& place) {
            FormReader one(item, place, faults_);
            Option option{one.slug("id"), one.words("text", kMaxQuestion)};
            if (question.option(option.id)) one.refuse("id", "survey_id_once");
            one.finish();
            question.options.push_back(std::move(option));
        });
    }

    Condition condition(const json& value, const std::string& at, std::size_t depth) {
        FormReader from(value, at, faults_);
        Condition condition;
        if (from.has("all") || from.has("any"))
            parts(from, condition, depth);
        else
            test(from, condition);
        from.finish();
        return condition;
    }

    void parts(FormReader& from, Condition& condition, std::size_t depth) {
        const char* key = from.has("all") ? "all" : "any";
        condition.test = from.has("all") ? Condition::Test::All : Condition::Test::Any;
        from.member(key);
        if (depth == kMaxDepth) return from.refuse(key, "survey_depth");
        from.array(key, 1, kMaxParts, [&](const json& item, const std::string& place) {
            condition.parts.push_back(this->condition(item, place, depth + 1));
        });
    }

    void test(FormReader& from, Condition& condition) {
        condition.question = from.slug("question");
        const auto* about = form_.question(condition.question);
        if (!about && !condition.question.empty()) from.refuse("question", "survey_earlier");
        const auto numbers = [&] {
            return about && (about->type == QuestionType::Scale || about->type == QuestionType::Number);
        };
        if (from.has("is")) {
            condition.test = Condition::Test::Is;
            condition.option = from.slug("is");
            if (about && !about->option(condition.option)) from.refuse("is", "survey_option");
        } else if (from.has("at_least") || from.has("at_most")) {
            const char* key = from.has("at_least") ? "at_least" : "at_most";
            condition.test = from.has("at_least") ? Condition::Test::AtLeast : Condition::Test::AtMost;
            const bool limited = about && numbers();  // what nobody can answer asks nobody, or everybody
            condition.number = from.integer(key, limited ? about->least : -Form::kMaxNumber,
                                            limited ? about->most : Form::kMaxNumber);
            if (about && !numbers()) from.refuse(key, "survey_of_numbers");
        } else if (from.has("answered")) {
            const bool answered = from.optionalFlag("answered", true);
            condition.test = answered ? Condition::Test::Answered : Condition::Test::NotAnswered;
        } else {
            from.refuse("question", "survey_test");
        }
    }

    Form& form_;
    std::vector<Fault>& faults_;
};

}  // namespace

const Option* Question::option(std::string_view id) const {
    const auto found = std::ranges::find(options, id, &Option::id);
    return found == options.end() ? nullptr : &*found;
}

const Question* Form::question(std::string_view id) const {
    for (const auto& section : sections) {
        const auto found = std::ranges::find(section.questions, id, &Question::id);
        if (found != section.questions.end()) return &*found;
    }
    return nullptr;
}

std::vector<const Question*> Form::questions() const {
    std::vector<const Question*> all;
    for (const auto& section : sections)
        for (const auto& question : section.questions) all.push_back(&question);
    return all;
}

std::optional<Form> Form::read(const json& value, const std::string& at, std::vector<Fault>& faults) {
    const auto before = faults.size();
    Form form;
    FormReading(form, faults).read(value, at);
    if (faults.size() > before) return {};
    return form;
}

std::optional<Form> Form::parse(std::string_view text, std::vector<Fault>& faults) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) {
        faults.push_back(jsonFault(text, parsed.error()));
        return {};
    }
    auto form = read(*parsed, "", faults);
    findLines(text, faults);
    return form;
}

base::Result<Form> Form::parse(std::string_view text) {
    if (text.size() > kMaxBytes) return base::fail(base::ProblemKind::TooLarge);
    std::vector<Fault> faults;
    if (auto form = parse(text, faults)) return std::move(*form);
    return tl::unexpected(problemOf(faults.front()));
}

Fault jsonFault(std::string_view text, const base::Problem& problem) {
    if (problem.kind == base::ProblemKind::TooLarge) return {"", 1, "smaller"};
    const auto place = strict::placeOf(text, "");
    const auto why = problem.fact("detail");
    const char* expected = !base::isUtf8(text)  ? "utf8"
                           : why == "duplicate" ? "json_once"
                           : why == "depth"     ? "json_depth"
                           : why == "count"     ? "smaller"
                                                : "json";
    return {"", place.line, expected, why == "count" ? 0 : place.character};
}

base::Problem problemOf(const Fault& fault) {
    auto key = fault.at.substr(fault.at.rfind('.') + 1);  // npos + 1 is 0
    key = key.substr(0, key.find('['));
    base::Problem problem{
        base::ProblemKind::Malformed,
        {{"key", key}, {"at", fault.at}, {"line", std::to_string(fault.line)}, {"expected", fault.expected}}};
    if (fault.character > 0) problem.facts.emplace_back("character", std::to_string(fault.character));
    return problem;
}

void findLines(std::string_view text, std::vector<Fault>& faults) {
    for (auto& fault : faults)
        if (fault.line == 0) fault.line = strict::placeOf(text, fault.at).line;
}

std::string hashOf(std::string_view formJson) {
    return crypto::sha256Hex(crypto::view(formJson));
}

}  // namespace tram::form
