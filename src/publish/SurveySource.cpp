#include "publish/SurveySource.h"

#include <nlohmann/json.hpp>

#include "form/Form.h"
#include "strict/Json.h"

namespace tram::publish {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = 2 * form::Form::kMaxBytes;

/// What stands beside the form; text or a number.
constexpr const char* kBeside[] = {"id", "until", "ward", "popularity", "also_found_by"};

bool isBeside(const std::string& name) {
    for (const auto* known : kBeside)
        if (name == known) return true;
    return false;
}

class SurveyReader {
  public:
    SurveyReader(std::string_view text, const std::string& file, Faults& faults)
        : text_(text), file_(file), faults_(faults) {}

    Table read(const json& survey) {
        if (!survey.is_object()) return refuse("", "survey_object"), Table();
        for (const auto& [name, value] : survey.items()) take(name, value);
        if (!survey.contains("v")) refuse("v", "required");
        if (!survey.contains("form")) refuse("form", "required");
        return right_ ? table() : Table();
    }

  private:
    void refuse(const std::string& at, const std::string& expected) {
        right_ = false;
        // To look for a line is to read all of it: not for what nobody will be told.
        const auto line = faults_.size() < kMaxFaults ? form::lineOf(text_, at) : 0;
        tell(faults_, {file_, line, at, expected});
    }

    void take(const std::string& name, const json& value) {
        if (name == "form") return takeForm(value);
        if (name == "v") return value == 1 ? void() : refuse(name, "survey_number");
        if (!isBeside(name)) return refuse(name.size() <= 64 ? name : "", "survey_member");
        if (!value.is_string() && !value.is_number_integer()) return refuse(name, "text");
        row_.cells[name] = value.is_string() ? value.get<std::string>() : value.dump();
        lines_[name] = form::lineOf(text_, name);
    }

    void takeForm(const json& value) {
        std::vector<form::Fault> wrong;
        const auto read = form::Form::read(value, "form", wrong);
        for (const auto& fault : wrong) refuse(fault.at, fault.expected);
        if (!read) return;
        row_.cells["title"] = read->title.vi;
        row_.cells["about"] = read->intro.vi;
        row_.cells["form"] = strict::dumpJson(value);
        if (row_.cells["form"].size() > form::Form::kMaxBytes) refuse("form", "smaller");
        for (const auto& [column, at] : kOwn) lines_[column] = form::lineOf(text_, at);
    }

    Table table() {
        Table table{{}, {}, {kOwn.begin(), kOwn.end()}, lines_};
        row_.number = 1;
        for (const auto& [column, cell] : row_.cells) table.columns.push_back(column);
        table.rows.push_back(std::move(row_));
        return table;
    }

    inline static const std::map<std::string, std::string> kOwn = {
        {"title", "form.title.vi"}, {"about", "form.intro.vi"}, {"form", "form"}};

    std::string_view text_;
    const std::string& file_;
    Faults& faults_;
    bool right_ = true;
    Row row_;
    std::map<std::string, int> lines_;
};

}  // namespace

Table readSurvey(std::string_view text, const std::string& file, Faults& faults) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (parsed) return SurveyReader(text, file, faults).read(*parsed);
    const bool large = parsed.error().kind == base::ProblemKind::TooLarge;
    tell(faults, {file, large ? 0 : form::lineOf(text, ""), "", large ? "smaller" : "json"});
    return {};
}

}  // namespace tram::publish
