#include <iostream>
#include <memory>
#include <sstream>

#include "base/Csv.h"
#include "base/Files.h"
#include "device/Enrolment.h"
#include "device/StaffLog.h"
#include "link/GatewayClient.h"
#include "tool/Commands.h"
#include "tool/LogWords.h"

namespace tram::tool {

using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kMostShown = 100'000, kLargestAcknowledged = 1u << 20;

struct LogQuestion {
    std::string folder, from, until, staff, event, file;
    std::vector<std::string> acknowledged;
    bool offline = false;
    std::size_t limit = 50;
};

/// The station's own log, or a copy of one.
struct LogPlace {
    device::KioskConfig config;
    std::filesystem::path directory;
    bool own = true;
};

Result<LogPlace> placeOf(const Tool& tool, const LogQuestion& question) {
    auto config = tool.loadConfig();
    if (!config) return tl::unexpected(config.error());
    auto directory = device::StaffLog(config->dataDir).directory();
    const bool own = question.folder.empty();
    if (!own) directory = question.folder;
    return LogPlace{*std::move(config), std::move(directory), own};
}

/// A moment, or the beginning of a day in Ho Chi Minh City; `end`: the beginning of the next.
Result<std::optional<base::WallTime>> timeAsked(const std::string& text, const char* key, bool end) {
    base::WallTime time;
    if (text.empty()) return std::optional<base::WallTime>();
    if (base::fromRfc3339(text, time)) return std::optional(time);
    if (!base::fromRfc3339(text + "T00:00:00+07:00", time))
        return base::fail(ProblemKind::Malformed, {{"key", key}});
    return std::optional(end ? time + std::chrono::hours(24) : time);
}

Result<ledger::Filter> filterOf(const LogQuestion& question) {
    const auto from = timeAsked(question.from, "from", false),
               until = timeAsked(question.until, "until", true);
    if (!from) return tl::unexpected(from.error());
    if (!until) return tl::unexpected(until.error());
    if (!question.staff.empty() && !ledger::isStaff(question.staff))
        return base::fail(ProblemKind::Malformed, {{"key", "staff"}});
    if (!question.event.empty() && !ledger::kindFrom(question.event))
        return base::fail(ProblemKind::Malformed, {{"key", "event"}});
    return ledger::Filter{*from, *until, question.staff, question.event};
}

/// What the gateway has signed, from wherever it comes.
class Acknowledged {
  public:
    Acknowledged(const Tool& tool, const LogPlace& place) : tool_(tool), place_(place) {
        const auto answer = device::readEnrolmentAnswer(place.config.dataDir);
        if (answer) gateway_ = crypto::VerifyKey::parse(answer->gatewayKey);
        if (!gateway_) tool_.print("tool.log.not_enrolled");
        if (!gateway_ || !place.own) return;
        const auto known = device::StaffLog(place.config.dataDir).acknowledged(*gateway_);
        heads_ = known.heads;
        if (known.doubtful > 0) tool_.print("tool.log.doubtful", {{"count", std::to_string(known.doubtful)}});
    }

    /// Each line of a file, as `tram-gateway log show` prints them.
    Result<void> addFile(const std::string& file) {
        const auto text = base::readFile(file, kLargestAcknowledged);
        if (!text) return tl::unexpected(text.error());
        std::istringstream lines(*text);
        for (std::string line; std::getline(lines, line);)
            if (auto added = add(line); !added) return base::fail(added.error().kind, {{"path", file}});
        return {};
    }

    /// The gateway itself is the one witness that does not lie on this machine.
    void ask(const std::vector<std::string>& chains) {
        auto enrolment = device::Enrolment::load(place_.config.dataDir);
        if (!enrolment || !gateway_) return;
        const base::SystemClock clock;
        link::GatewayClient line(
            place_.config.gatewayUrl,
            std::make_shared<net::HttpClient>(
                net::HttpClient::Options{place_.config.caFile, "tram/" TRAM_VERSION}),
            clock,
            link::KioskIdentity{enrolment->answer.kioskId, enrolment->answer.tokenAudience,
                                std::move(enrolment->key), gateway_});
        for (const auto& chain : chains) {
            const auto said = line.logAcknowledgement(chain);
            if (!said && said.error().kind == ProblemKind::NotFound) continue;
            const auto added = said ? add(*said) : Result<void>(tl::unexpected(said.error()));
            if (!added)
                return tool_.print("tool.log.gateway_silent",
                                   {{"why", wordsFor(tool_.words, added.error())}});
        }
    }
    const std::vector<ledger::Head>& heads() const { return heads_; }

  private:
    Result<void> add(const std::string& dsse) {
        if (!gateway_) return base::fail(ProblemKind::NotEnrolled);
        const auto said = wire::LogAcknowledgement::open(dsse, *gateway_);
        if (!said) return tl::unexpected(said.error());
        heads_.push_back({said->chain, said->head.n, said->head.hash});
        return {};
    }
    const Tool& tool_;
    const LogPlace& place_;
    std::optional<crypto::VerifyKey> gateway_;
    std::vector<ledger::Head> heads_;
};

Result<void> verifyLog(Tool& tool, const LogQuestion& question) {
    const auto place = placeOf(tool, question);
    if (!place) return tl::unexpected(place.error());
    Acknowledged known(tool, *place);
    for (const auto& file : question.acknowledged)
        if (auto added = known.addFile(file); !added) return added;
    const auto chains = ledger::chainsIn(place->directory);
    if (!chains) return tl::unexpected(chains.error());
    if (!question.offline) known.ask(*chains);
    const auto verdict = ledger::verify(place->directory, known.heads());
    if (!verdict) return tl::unexpected(verdict.error());
    if (verdict->chains.empty()) tool.print("tool.log.none");
    for (const auto& chain : verdict->chains) std::cout << chainWords(tool, chain) << '\n';
    for (const auto& head : verdict->gone)
        tool.print("tool.log.gone", {{"chain", head.chain}, {"line", std::to_string(head.n)}});
    tool.print(verdict->sound() ? "tool.log.sound" : "tool.log.broken");
    tool.exitCode = verdict->sound() ? 0 : 1;
    return {};
}

Result<void> showLog(Tool& tool, const LogQuestion& question) {
    const auto place = placeOf(tool, question);
    if (!place) return tl::unexpected(place.error());
    const auto filter = filterOf(question);
    if (!filter) return tl::unexpected(filter.error());
    const auto page = ledger::read(place->directory, *filter, {}, question.limit);
    if (!page) return tl::unexpected(page.error());
    for (const auto& row : page->rows) std::cout << logLineWords(tool, row) << '\n';
    if (page->rows.empty()) tool.print("tool.log.nothing");
    if (page->next) tool.print("tool.log.more");
    if (page->unreadable > 0)
        tool.print("tool.log.unreadable", {{"count", std::to_string(page->unreadable)}});
    return {};
}

std::string membersCell(const ledger::Values& members) {
    std::string all;
    for (const auto& [name, value] : members) {
        const auto* count = std::get_if<std::int64_t>(&value);
        all += (all.empty() ? "" : "; ") + name + "=" +
               (count ? std::to_string(*count) : std::get<std::string>(value));
    }
    return base::csvCell(all);
}

void addCsvRow(std::string& csv, const ledger::Row& row) {
    const auto& line = row.line;
    base::addCsvLine(csv, {std::to_string(row.chain), std::to_string(line.n), base::toRfc3339(line.at),
                           base::csvCell(line.event), base::csvCell(line.staff), base::csvCell(line.desk),
                           membersCell(line.members), row.holds ? "" : "edited"});
}

/// That it was taken out stands in the log before it is.
Result<void> noteExport(const LogPlace& place, std::int64_t lines) {
    if (!place.own) return {};
    const base::SystemClock clock;
    auto log = device::StaffLog(place.config.dataDir).open(clock);
    if (!log) return tl::unexpected(log.error());
    const auto said = log->append(
        {.kind = ledger::Kind::LogExported, .staff = "", .desk = "", .members = {{"lines", lines}}});
    if (!said) return tl::unexpected(said.error());
    return {};
}

Result<void> exportLog(Tool& tool, const LogQuestion& question) {
    const auto place = placeOf(tool, question);
    if (!place) return tl::unexpected(place.error());
    const auto filter = filterOf(question);
    if (!filter) return tl::unexpected(filter.error());
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv, {"chain", "n", "at", "event", "staff", "desk", "members", "line"});
    std::int64_t lines = 0;
    const auto unreadable = ledger::each(place->directory, *filter, [&](const ledger::Row& row) {
        addCsvRow(csv, row);
        ++lines;
    });
    if (!unreadable) return tl::unexpected(unreadable.error());
    if (auto noted = noteExport(*place, lines); !noted) return noted;
    if (auto written = base::writeFileAtomically(question.file, csv, 0600); !written) return written;
    tool.print("tool.log.exported", {{"count", std::to_string(lines)}, {"file", question.file}});
    if (*unreadable > 0) tool.print("tool.log.unreadable", {{"count", std::to_string(*unreadable)}});
    return {};
}

void addFilters(CLI::App& command, const Tool& tool, LogQuestion& question) {
    command.add_option("--from", question.from, tool.say("tool.help.log.from"))->type_name("DAY");
    command.add_option("--until", question.until, tool.say("tool.help.log.until"))->type_name("DAY");
    command.add_option("--staff", question.staff, tool.say("tool.help.log.staff"))->type_name("S-…");
    command.add_option("--event", question.event, tool.say("tool.help.log.event"))->type_name("NAME");
}

CLI::App* addPart(CLI::App& log, Tool& tool, const char* name, std::shared_ptr<LogQuestion> question,
                  Result<void> (*act)(Tool&, const LogQuestion&)) {
    auto* command = log.add_subcommand(name, tool.say(std::string("tool.help.log.") + name));
    command->add_option("--folder", question->folder, tool.say("tool.help.log.folder"))->type_name("FOLDER");
    command->callback([&tool, question = std::move(question), act] {
        if (auto done = act(tool, *question); !done) tool.fail(done.error());
    });
    return command;
}

}  // namespace

void addLogCommand(CLI::App& app, Tool& tool) {
    auto* log = app.add_subcommand("log", tool.say("tool.help.log"));
    log->require_subcommand(1);
    auto verifying = std::make_shared<LogQuestion>();
    auto* verify = addPart(*log, tool, "verify", verifying, verifyLog);
    verify->add_option("--acknowledged", verifying->acknowledged, tool.say("tool.help.log.acknowledged"))
        ->type_name("FILE");
    verify->add_flag("--offline", verifying->offline, tool.say("tool.help.log.offline"));
    auto showing = std::make_shared<LogQuestion>();
    auto* show = addPart(*log, tool, "show", showing, showLog);
    addFilters(*show, tool, *showing);
    show->add_option("--limit", showing->limit, tool.say("tool.help.log.limit"))
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, kMostShown));
    auto exporting = std::make_shared<LogQuestion>();
    auto* out = addPart(*log, tool, "export", exporting, exportLog);
    addFilters(*out, tool, *exporting);
    out->add_option("FILE", exporting->file, tool.say("tool.help.log.file"))->required();
}

}  // namespace tram::tool
