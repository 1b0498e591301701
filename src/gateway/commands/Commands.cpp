#include "gateway/commands/Commands.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <iostream>

#include "base/VietnameseText.h"
#include "base/Words.h"
#include "usage/UsageError.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

/// Beside the program: build/<preset>/share/tram, /usr/share/tram.
std::filesystem::path defaultShare() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path().parent_path() / "share" /
           "tram";
}

std::string& languageHere() {
    static std::string language = "vi";
    return language;
}

/// "whole number, 1 to 36500" → "whole_number_1_to_36500"
std::string slugOf(std::string_view phrase) {
    std::string slug;
    for (const char c : phrase) {
        const char small = 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c;
        const bool kept = ('a' <= small && small <= 'z') || ('0' <= small && small <= '9');
        if (kept)
            slug += small;
        else if (!slug.empty() && slug.back() != '_')
            slug += '_';
    }
    while (slug.ends_with('_')) slug.pop_back();
    return slug;
}

/// Of a file that people write (a kind): the slugs of form::Fault, "one_of:a, b".
std::string memberWords(const base::Words& all, const std::string& expected) {
    const auto colon = std::min(expected.find(':'), expected.size());
    const auto of = expected.substr(std::min(colon + 1, expected.size()));
    return all.text("tool.pack.expected." + expected.substr(0, colon), {{"of", base::clean(of)}});
}

/// Expectations are told in the code by short phrases; one that has no words yet stays as it is.
std::string expectationWords(const base::Words& all, const std::string& phrase) {
    constexpr std::string_view kNumbers = "whole number, ";
    if (phrase.starts_with(kNumbers))
        return all.text("command.expected.whole_number", {{"most", phrase.substr(phrase.rfind(' ') + 1)}});
    const auto key = "command.expected." + slugOf(phrase);
    return all.has(key) ? all.text(key) : phrase;
}

std::string problemWords(const base::Problem& problem) {
    const auto* all = commandWords();
    if (!all) return "";
    std::string where;
    const bool member = !problem.fact("at").empty() || !problem.fact("character").empty();
    for (const char* key : {"path", member ? "at" : "key", "line", "detail"})
        if (const auto fact = base::clean(problem.fact(key)); !fact.empty())
            where += (where.empty() ? "" : ", ") +
                     (key == std::string_view("line") ? all->text("command.line", {{"line", fact}}) : fact);
    const auto general = "command.problem." + std::string(base::name(problem.kind));
    auto said = all->text(all->has(general) ? general : "command.problem.other") +
                (where.empty() ? "" : ": " + where) + ". ";
    const std::string expected(problem.fact("expected"));
    if (member) return said + memberWords(*all, expected) + ". ";
    if (!expected.empty())
        said += all->text("command.needed", {{"expected", expectationWords(*all, expected)}}) + ' ';
    return said;
}

/// Where no store opens there is no line, and mostly no act: `doing` meets the same trouble and says so.
int withLine(const Place& place, Deed deed, base::WallTime now, const Commands::Doing& doing) {
    auto storage = place.storage();
    if (!storage) {
        Act unseen;
        return doing(unseen);
    }
    auto act = Act::begin(*storage->city, deed, now);
    if (!act) return failed(act.error());
    const int code = doing(*act);
    act->end(code == 0 || code == kPicturesMissing);
    return code;
}

}  // namespace

CLI::App& Commands::group(const std::string& name, const std::string& help) {
    return *app_.add_subcommand(name, help)->require_subcommand(1);
}

CLI::App& Commands::add(const std::string& name, const std::string& help, Work work) {
    return add(app_, name, help, std::move(work));
}

CLI::App& Commands::add(CLI::App& group, const std::string& name, const std::string& help, Work work) {
    auto& command = *group.add_subcommand(name, help);
    command.callback([this, work = std::move(work)] { chosen_ = work; });
    return command;
}

CLI::App& Commands::addAct(CLI::App& group, const std::string& name, const std::string& help, Place& place,
                           Deed deed, Doing doing) {
    auto& command = add(group, name, help, [this, &place, deed, doing = std::move(doing)] {
        return withLine(place, deed, clock_.wall(), doing);
    });
    place.addTo(command);
    return command;
}

int Commands::run() {
    return chosen_();
}

void Place::addTo(CLI::App& command) {
    command.add_option("--config", config, "gateway.json");
    command.add_option("--data", data, "where stores and keys are kept");
}

Result<GatewayConfig> Place::read(GatewayConfig start) const {
    start.shareDir = defaultShare();
    if (!config.empty())
        if (auto read = GatewayConfig::read(config, start); !read) return tl::unexpected(read.error());
    if (!data.empty()) start.dataDir = data;
    return start;
}

Result<std::filesystem::path> Place::dataDir() const {
    const auto read = this->read();
    if (!read) return tl::unexpected(read.error());
    if (read->dataDir.empty())
        return base::fail(ProblemKind::BadConfig, {{"key", "data_dir"}, {"expected", "path"}});
    return read->dataDir;
}

Result<Storage> Place::storage() const {
    const auto dir = dataDir();
    if (!dir) return tl::unexpected(dir.error());
    return Storage::openExisting(*dir);
}

void closeMemoryToOthers() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/// Read once there is something to say.
const base::Words* commandWords() {
    static const auto loaded = base::Words::load(defaultShare() / "locale", languageHere());
    return loaded ? &*loaded : nullptr;
}

void speak(const std::string& language) {
    languageHere() = language;
}

int failed(const base::Problem& problem) {
    std::cerr << "tram-gateway: " << problemWords(problem) << '[' << base::name(problem.kind);
    for (const auto& [key, value] : problem.facts) std::cerr << ' ' << key << '=' << base::clean(value);
    std::cerr << "]\n";
    if (problem.kind == ProblemKind::StoreTooNew || problem.kind == ProblemKind::BadConfig)
        return kNeedsAPerson;
    return problem.kind == ProblemKind::StoreBusy ? kTryAgain : 1;
}

int failed(const CLI::ParseError& error, const CLI::App& app) {
    return usage::endOf(error, app, [](const std::string& key, base::Words::Values values) {
        for (auto& [name, value] : values) value = base::clean(value);
        return commandWords() ? commandWords()->text(key, values) : key;
    });
}

}  // namespace tram::gateway
