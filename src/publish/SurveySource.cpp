#include "publish/SurveySource.h"

#include <nlohmann/json.hpp>
#include <set>

#include "form/Form.h"
#include "publish/EntryId.h"
#include "strict/Json.h"
#include "strict/JsonPlace.h"

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

constexpr const char* kSomeForm =
    R"({"v":1,"title":{"vi":"-","en":"-"},"intro":{"vi":"-","en":"-"},"identity":"anonymous","sections":[)"
    R"({"questions":[{"id":"a","type":"text","text":{"vi":"-","en":"-"}}]}]})";

class SurveyReader {
  public:
    SurveyReader(std::string_view text, const std::string& file, Faults& faults)
        : text_(text), file_(file), faults_(faults) {}

    Table read(const json& survey) {
        if (!survey.is_object()) return refuse("", "survey_object"), Table();
        for (const auto& [name, value] : survey.items()) take(name, value);
        for (const auto* name : {"v", "id", "until", "form"})
            if (!survey.contains(name)) refuseMember(name, "required");
        if (!right_) standIn();
        return table();
    }

  private:
    void refuseMember(const std::string& name, const std::string& expected) {
        told_.insert(name);
        refuse(name, expected);
    }

    void refuse(const std::string& at, const std::string& expected) {
        right_ = false;
        // To look for a line is to read all of it: not for what nobody will be told.
        const auto line = faults_.size() < kMaxFaults ? strict::placeOf(text_, at).line : 0;
        tell(faults_, {file_, line, at, expected});
    }

    void take(const std::string& name, const json& value) {
        if (name == "form") return takeForm(value);
        if (name == "v") return value == 1 ? void() : refuse(name, "one_of:1");
        if (!isBeside(name)) return refuse(name.size() <= 64 ? name : "", "survey_member");
        if (!value.is_string() && !value.is_number_integer()) return refuseMember(name, "text");
        row_.cells[name] = value.is_string() ? value.get<std::string>() : value.dump();
        lines_[name] = strict::placeOf(text_, name).line;
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
        for (const auto& [column, at] : kOwn) lines_[column] = strict::placeOf(text_, at).line;
    }

    /// What has been told already is not told again as missing: the rest is still looked at.
    void standIn() {
        if (told_.contains("id")) row_.cells["id"] = derivedId(file_);
        if (told_.contains("until")) row_.cells["until"] = "2000-01-01";
        row_.cells.try_emplace("title", "-");
        row_.cells.try_emplace("about", "-");
        row_.cells.insert_or_assign("form", kSomeForm);
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
    std::set<std::string> told_;
    Row row_;
    std::map<std::string, int> lines_;
};

}  // namespace

Table readSurvey(std::string_view text, const std::string& file, Faults& faults) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (parsed) return SurveyReader(text, file, faults).read(*parsed);
    tell(faults, jsonFault(file, text, parsed.error()));
    return {};
}

}  // namespace tram::publish
