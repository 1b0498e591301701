#include <iostream>

#include "device/Enrolment.h"
#include "link/GatewayClient.h"
#include "outbox/SqliteOutboxStore.h"
#include "tool/Commands.h"

namespace tram::tool {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

Result<void> makePrivate(const fs::path& directory) {
    std::error_code error;
    if (fs::is_directory(directory, error)) return {};
    fs::create_directories(directory, error);
    if (!error) fs::permissions(directory, fs::perms::owner_all, error);
    return error ? base::fail(ProblemKind::StoreReadOnly, {{"path", directory.string()}}) : Result<void>();
}

/// Saved before the gateway hears of it: the code is used up with its answer.
Result<crypto::SigningKey> kioskKey(const fs::path& dataDir) {
    const fs::path file = dataDir / "kiosk.key";
    auto key = crypto::SigningKey::load(file);
    if (key || key.error().kind != ProblemKind::KeyMissing) return key;
    auto fresh = crypto::SigningKey::generate();
    if (auto saved = fresh.save(file); !saved) return tl::unexpected(saved.error());
    return fresh;
}

Result<wire::EnrolmentAnswer> askGateway(const device::KioskConfig& config, const wire::EnrolmentCode& code,
                                         const crypto::SigningKey& key) {
    const base::SystemClock clock;
    auto http =
        std::make_shared<net::HttpClient>(net::HttpClient::Options{config.caFile, "tram/" TRAM_VERSION});
    return link::GatewayClient(config.gatewayUrl, http, clock, {}).enrol(code, key.verifyKey());
}

/// Another gateway has an epoch of its own; that is no reason to offer it what the last one has accepted.
Result<void> forgetOtherGateway(const fs::path& dataDir, const wire::EnrolmentAnswer& answer) {
    const auto last = device::Enrolment::load(dataDir);
    if (!last || last->answer.gatewayKey == answer.gatewayKey || !fs::exists(dataDir / "outbox.db"))
        return {};
    const auto store = outbox::SqliteOutboxStore::open(dataDir);
    return store ? (*store)->setNote("epoch", "") : tl::unexpected(store.error());
}

Result<wire::EnrolmentAnswer> enrol(const device::KioskConfig& config, const std::string& typed) {
    const auto code = wire::EnrolmentCode::parse(typed);
    if (!code) return tl::unexpected(code.error());
    if (auto made = makePrivate(config.dataDir); !made) return tl::unexpected(made.error());
    auto key = kioskKey(config.dataDir);
    if (!key) return tl::unexpected(key.error());
    auto answer = askGateway(config, *code, *key);
    if (!answer) return answer;
    if (auto done = forgetOtherGateway(config.dataDir, *answer); !done) return tl::unexpected(done.error());
    const device::Enrolment enrolment{*answer, *std::move(key)};
    if (auto saved = enrolment.save(config.dataDir); !saved) return tl::unexpected(saved.error());
    return answer;
}

void run(Tool& tool, std::string code) {
    const auto config = tool.loadConfig();
    if (!config) return tool.fail(config.error());
    if (code.empty()) std::getline(std::cin, code);
    const auto answer = enrol(*config, code);
    if (answer) {
        return tool.print("tool.enrol.done", {{"station", answer->stationName},
                                              {"ward", answer->wardCode},
                                              {"prefix", answer->prefix},
                                              {"id", answer->kioskId}});
    }
    const auto kind = answer.error().kind;
    const bool codeRefused = kind == ProblemKind::Unauthorized || kind == ProblemKind::Forbidden ||
                             kind == ProblemKind::NotFound || kind == ProblemKind::Conflict ||
                             kind == ProblemKind::Unprocessable;
    tool.fail(answer.error());
    if (codeRefused) std::cerr << tool.say("tool.enrol.code_refused") << '\n';
    if (kind == ProblemKind::BadSignature) std::cerr << tool.say("tool.enrol.stranger") << '\n';
}

}  // namespace

void addEnrolCommand(CLI::App& app, Tool& tool) {
    auto* command = app.add_subcommand("enrol", tool.say("tool.help.enrol"));
    auto code = std::make_shared<std::string>();
    command->add_option("--code", *code, tool.say("tool.help.enrol.code"))->type_name("CODE");
    command->callback([&tool, code] { run(tool, *code); });
}

}  // namespace tram::tool
