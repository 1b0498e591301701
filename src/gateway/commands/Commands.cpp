#include "gateway/commands/Commands.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <iostream>

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

int failed(const base::Problem& problem) {
    std::cerr << "tram-gateway: " << base::name(problem.kind);
    for (const auto& [key, value] : problem.facts) std::cerr << ' ' << key << '=' << value;
    std::cerr << '\n';
    if (problem.kind == ProblemKind::StoreTooNew || problem.kind == ProblemKind::BadConfig)
        return kNeedsAPerson;
    return problem.kind == ProblemKind::StoreBusy ? kTryAgain : 1;
}

}  // namespace tram::gateway
