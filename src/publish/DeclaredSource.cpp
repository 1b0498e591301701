#include "publish/DeclaredSource.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "publish/EntryId.h"
#include "strict/Json.h"
#include "strict/JsonPlace.h"

namespace tram::publish {

namespace {

using nlohmann::json;

class DeclaredReader {
  public:
    DeclaredReader(std::string_view text, const std::string& file, const Declared& declared, Faults& faults)
        : text_(text), file_(file), declared_(declared), faults_(faults) {}

    Table read(const json& entry) {
        if (!entry.is_object()) return refuse("", "survey_object"), Table();
        for (const auto& [name, value] : entry.items()) take(name, value);
        require(entry, "v");
        for (const auto* name : declared_.required) require(entry, name);
        require(entry, declared_.member);
        addWords();
        if (!right_) standIn();
        return table();
    }

  private:
    void require(const json& entry, const char* name) {
        if (!entry.contains(name)) refuseMember(name, "required");
    }

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

    bool isBeside(const std::string& name) const {
        return std::ranges::any_of(declared_.beside, [&](const char* known) { return name == known; });
    }

    void take(const std::string& name, const json& value) {
        if (name == declared_.member) return takeMember(value);
        if (name == "v") return value == 1 ? void() : refuse(name, "one_of:1");
        if (!isBeside(name)) return refuse(name.size() <= 64 ? name : "", "survey_member");
        if (!value.is_string() && !value.is_number_integer()) return refuseMember(name, "text");
        row_.cells[name] = value.is_string() ? value.get<std::string>() : value.dump();
        lines_[name] = strict::placeOf(text_, name).line;
    }

    void takeMember(const json& value) {
        const std::string member = declared_.member;
        std::vector<form::Fault> wrong;
        const auto words = declared_.read(value, wrong);
        for (const auto& fault : wrong) refuse(fault.at, fault.expected);
        if (!words) return;
        words_ = *words;
        row_.cells[member] = strict::dumpJson(value);
        if (row_.cells[member].size() > declared_.mostBytes) refuse(member, "smaller");
        own_ = {{"title", member + ".title.vi"}, {"about", member + ".intro.vi"}, {member, member}};
        for (const auto& [column, at] : own_) lines_[column] = strict::placeOf(text_, at).line;
    }

    void addWords() {
        for (const auto& [column, cell] : words_) {
            auto& own = row_.cells[column];
            own += (own.empty() ? "" : " ") + cell;
        }
    }

    /// What has been told already is not told again as missing: the rest is still looked at.
    void standIn() {
        if (told_.contains("id")) row_.cells["id"] = derivedId(file_);
        for (const auto& [column, cell] : declared_.right)
            if (column == declared_.member || told_.contains(column)) row_.cells[column] = cell;
        row_.cells.try_emplace("title", "-");
        row_.cells.try_emplace("about", "-");
    }

    Table table() {
        Table table{{}, {}, own_, lines_};
        row_.number = 1;
        for (const auto& [column, cell] : row_.cells) table.columns.push_back(column);
        table.rows.push_back(std::move(row_));
        return table;
    }

    std::string_view text_;
    const std::string& file_;
    const Declared& declared_;
    Faults& faults_;
    bool right_ = true;
    std::set<std::string> told_;
    Row row_;
    Declared::Words words_;
    std::map<std::string, std::string> own_;
    std::map<std::string, int> lines_;
};

}  // namespace

Table readDeclared(std::string_view text, const std::string& file, const Declared& declared, Faults& faults) {
    const auto parsed = strict::parseJson(text, 2 * declared.mostBytes);
    if (parsed) return DeclaredReader(text, file, declared, faults).read(*parsed);
    tell(faults, jsonFault(file, text, parsed.error()));
    return {};
}

}  // namespace tram::publish
