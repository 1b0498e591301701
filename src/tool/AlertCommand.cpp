#include <iostream>
#include <memory>

#include "base/Files.h"
#include "cap/Shapes.h"
#include "cap/Showing.h"
#include "content/WardDirectory.h"
#include "tool/Commands.h"
#include "tool/Harmless.h"

namespace tram::tool {

using base::Result;

namespace {

struct AlertQuestion {
    std::string file, ward, language, at, geocode;
};

/// "2026-11-21T20:00:00.000+07:00" → "20:00, 21/11/2026"
std::string momentOf(base::WallTime time) {
    const auto text = base::toRfc3339(time);
    return text.substr(11, 5) + ", " + text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

Result<base::WallTime> momentAsked(const std::string& text) {
    auto moment = base::SystemClock().wall();
    if (text.empty() || base::fromRfc3339(text, moment)) return moment;
    return base::fail(base::ProblemKind::Malformed, {{"key", "at"}});
}

Result<cap::AlertBook::Rules> alertRules(const AlertQuestion& question) {
    const auto wards = content::WardDirectory::load(shareDirectory() / "content");
    if (!wards) return tl::unexpected(wards.error());
    if (!question.ward.empty() && !wards->byCode(question.ward))
        return base::fail(base::ProblemKind::Malformed, {{"key", "ward"}});
    cap::AlertBook::Rules rules;
    rules.wardCode = question.geocode;
    for (const auto& ward : wards->all()) rules.wards.insert(ward.code);
    return rules;
}

/// What the standard's rules say of a document that is none; other problems as everywhere.
void tellWrong(Tool& tool, const base::Problem& problem) {
    const auto rule = std::string(problem.fact("expected"));
    if (problem.kind != base::ProblemKind::Malformed || rule.empty()) return tool.fail(problem);
    const auto where = std::string(problem.fact("key"));
    const auto what = tool.say("tool.alert.wrong." + rule);
    std::cerr << (where.empty() ? what : tool.say("tool.alert.wrong_at", {{"where", where}, {"what", what}}))
              << '\n';
    tool.exitCode = 1;
}

void printLine(const std::string& text) {
    if (!text.empty()) std::cout << text << '\n';
}
void printLines(const std::string& text) {
    for (std::size_t from = 0, end = 0; from < text.size(); from = end + 1) {
        end = std::min(text.find('\n', from), text.size());
        std::cout << harmless(text.substr(from, end - from)) << '\n';
    }
}

void printInfo(const Tool& tool, const cap::Alert& alert, const cap::Info& info) {
    const auto& sender = info.senderName.empty() ? alert.id.sender : info.senderName;
    printLine(harmless(sender) + " · " + momentOf(alert.id.sent));
    printLine(harmless(info.headline.empty() ? info.event : info.headline));
    printLines(info.description);
    printLines(info.instruction);
    std::string areas;
    for (const auto& area : info.areas) areas += (areas.empty() ? "" : ", ") + area.description;
    if (!areas.empty()) tool.print("tool.alert.area", {{"area", areas}});
    printLine(harmless(info.contact));
    printLine(harmless(info.web));
    tool.print("tool.alert.until", {{"time", momentOf(*info.expires)}, {"code", alert.id.identifier}});
}

/// Why nothing of it is shown at that place and time.
void tellHidden(const Tool& tool, const cap::Alert& alert, const std::vector<cap::Notice>& notices,
                const cap::Here& here, base::WallTime now) {
    const bool open = alert.scope == cap::Scope::Public &&
                      (alert.status == cap::Status::Actual || alert.status == cap::Status::Exercise);
    if (!open)
        return tool.print("tool.alert.not_public", {{"status", std::string(name(alert.status))},
                                                    {"scope", std::string(name(alert.scope))}});
    if (alert.msgType != cap::MsgType::Alert && alert.msgType != cap::MsgType::Update)
        return tool.print("tool.alert.only_ends", {{"type", std::string(name(alert.msgType))}});
    if (notices.empty()) return tool.print("tool.alert.expired");
    for (const auto& info : notices.front().infos)
        if (now < *info.effective && cap::concerns(info, here))
            return tool.print("tool.alert.not_yet", {{"time", momentOf(*info.effective)}});
    tool.print("tool.alert.elsewhere");
}

void tellShown(const Tool& tool, const cap::Alert& alert, const cap::Shown& shown) {
    if (shown.drill) tool.print("tool.alert.drill");
    tool.print(shown.covers ? "tool.alert.covers" : "tool.alert.listed",
               {{"severity", std::string(name(shown.info->severity))},
                {"urgency", std::string(name(shown.info->urgency))}});
    printInfo(tool, alert, *shown.info);
}

void tellReferences(const Tool& tool, const cap::Alert& alert) {
    const bool ends = alert.msgType == cap::MsgType::Update || alert.msgType == cap::MsgType::Cancel;
    for (const auto& reference : alert.references)
        if (ends)
            tool.print("tool.alert.ends", {{"code", reference.identifier},
                                           {"sender", reference.sender},
                                           {"time", momentOf(reference.sent)}});
}

Result<void> showAlert(Tool& tool, const AlertQuestion& question) {
    const auto now = momentAsked(question.at);
    if (!now) return tl::unexpected(now.error());
    auto rules = alertRules(question);
    if (!rules) return tl::unexpected(rules.error());
    const auto bytes = base::readFile(question.file, cap::Alert::kMaxBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto alert = cap::Alert::parse(*bytes);
    if (!alert) return tellWrong(tool, alert.error()), Result<void>();
    cap::AlertBook book(std::move(*rules));
    book.take(*alert);
    const auto notices = book.notices(*now);
    const cap::Here here{question.ward, {}};
    const auto language = question.language.empty() ? tool.words.language() : question.language;
    const auto shown = notices.empty() ? std::nullopt : cap::show(notices.front(), here, language, *now);
    shown ? tellShown(tool, *alert, *shown) : tellHidden(tool, *alert, notices, here, *now);
    tellReferences(tool, *alert);
    return {};
}

}  // namespace

void addAlertCommand(CLI::App& app, Tool& tool) {
    auto question = std::make_shared<AlertQuestion>();
    CLI::App* alert = app.add_subcommand("alert", tool.say("tool.help.alert"))->require_subcommand(1);
    CLI::App* show = alert->add_subcommand("show", tool.say("tool.help.alert.show"));
    show->add_option("file", question->file, tool.say("tool.help.alert.file"))->type_name("FILE")->required();
    show->add_option("--ward", question->ward, tool.say("tool.help.alert.ward"))->type_name("CODE");
    show->add_option("--language", question->language, tool.say("tool.help.alert.language"))
        ->check(CLI::IsMember({"vi", "en"}));
    show->add_option("--at", question->at, tool.say("tool.help.alert.at"))->type_name("TIME");
    show->add_option("--geocode", question->geocode, tool.say("tool.help.alert.geocode"))->type_name("NAME");
    show->callback([&tool, question] {
        if (const auto done = showAlert(tool, *question); !done) tool.fail(done.error());
    });
}

}  // namespace tram::tool
