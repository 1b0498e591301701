#include "tool/LogWords.h"

#include "tool/Harmless.h"

namespace tram::tool {
namespace {

/// What a later program wrote has no words here, and is shown as it is.
std::string wordsOr(const Tool& tool, const std::string& key, const std::string& otherwise) {
    return tool.words.has(key) ? tool.say(key) : harmless(otherwise);
}

std::string valueWords(const Tool& tool, const std::string& member, const ledger::Value& value) {
    if (const auto* count = std::get_if<std::int64_t>(&value)) return std::to_string(*count);
    const auto& text = std::get<std::string>(value);
    return wordsOr(tool, "log.value." + member + "." + text, text);
}

std::string memberWords(const Tool& tool, const ledger::Values& members) {
    std::string all;
    for (const auto& [name, value] : members)
        all += (all.empty() ? "" : ", ") + wordsOr(tool, "log.member." + name, name) + ": " +
               valueWords(tool, name, value);
    return all;
}

std::string howItEnded(const Tool& tool, const ledger::ChainSeen& chain) {
    if (!chain.broken && chain.head.n == 0) return tool.say("tool.log.chain.empty");
    if (!chain.broken)
        return tool.say("tool.log.chain.sound", {{"lines", std::to_string(chain.head.n)},
                                                 {"from", logMoment(chain.began)},
                                                 {"until", logMoment(chain.last)}});
    auto said = tool.say("tool.log.chain.broken",
                         {{"line", std::to_string(chain.broken->n)},
                          {"what", tool.say("tool.log.damage." + std::string(name(chain.broken->damage)))}});
    if (!chain.file.empty())
        said += ' ' + tool.say("tool.log.chain.where",
                               {{"file", chain.file}, {"place", std::to_string(chain.place)}});
    return said;
}

}  // namespace

std::string logMoment(base::WallTime time) {
    const auto text = base::toRfc3339(time);
    return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4) + " " + text.substr(11, 8);
}

std::string logLineWords(const Tool& tool, const ledger::Row& row) {
    const auto& line = row.line;
    auto said = std::to_string(row.chain) + "/" + std::to_string(line.n) + "  " + logMoment(line.at) + "  " +
                wordsOr(tool, "log.event." + line.event, line.event);
    if (!line.staff.empty()) said += "  " + harmless(line.staff);
    if (!line.desk.empty()) said += "  " + harmless(line.desk);
    if (const auto members = memberWords(tool, line.members); !members.empty()) said += "  (" + members + ")";
    if (!row.holds) said += "  " + tool.say("tool.log.edited");
    return said;
}

std::string chainWords(const Tool& tool, const ledger::ChainSeen& chain) {
    auto said = tool.say("tool.log.chain",
                         {{"number", std::to_string(chain.number)}, {"what", howItEnded(tool, chain)}});
    if (chain.head.n > 0 && chain.after != "first")
        said += "\n  " + tool.say(chain.brokenAt > 0 ? "tool.log.chain.after" : "tool.log.chain.after_all",
                                  {{"why", wordsOr(tool, "log.value.after." + chain.after, chain.after)},
                                   {"line", std::to_string(chain.brokenAt)}});
    if (chain.torn > 0) said += "\n  " + tool.say("tool.log.chain.torn");
    if (chain.head.n == 0) return said;
    return said + "\n  " +
           (chain.acknowledged > 0
                ? tool.say("tool.log.chain.acknowledged", {{"line", std::to_string(chain.acknowledged)}})
                : tool.say("tool.log.chain.not_acknowledged"));
}

}  // namespace tram::tool
