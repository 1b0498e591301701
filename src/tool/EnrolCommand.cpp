#include <iostream>

#include "base/FileLock.h"
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

/// What this machine was until now: its last enrolment, or only the key of one whose file was lost.
struct Former {
    std::string gatewayKey;  ///< "" when only the key is left
    crypto::SigningKey key;
    base::SecretBytes codeHashKey;
};

/// A key others may read is said before anything is done with it; one that cannot be read proves nothing.
Result<std::optional<Former>> formerOf(const fs::path& dataDir) {
    auto last = device::Enrolment::load(dataDir);
    if (last) {
        auto codeHashKey = last->codeHashKey();  // from the key, so before that is gone
        return Former{last->answer.gatewayKey, std::move(last->key), std::move(codeHashKey)};
    }
    if (last.error().kind == ProblemKind::KeyExposed) return tl::unexpected(last.error());
    auto key = crypto::SigningKey::load(dataDir / "kiosk.key");
    if (!key && key.error().kind == ProblemKind::KeyExposed) return tl::unexpected(key.error());
    if (!key) return std::nullopt;
    const device::Enrolment keyOnly{{}, std::move(*key)};
    return Former{"", crypto::SigningKey::load(dataDir / "kiosk.key").value(), keyOnly.codeHashKey()};
}

link::GatewayClient lineTo(const device::KioskConfig& config, const base::Clock& clock) {
    auto http =
        std::make_shared<net::HttpClient>(net::HttpClient::Options{config.caFile, "tram/" TRAM_VERSION});
    return {config.gatewayUrl, std::move(http), clock, {}};
}

/// Another gateway has an epoch of its own; that is no reason to offer it what the last one has accepted.
Result<void> forgetOtherGateway(const fs::path& dataDir, const std::optional<Former>& former,
                                const wire::EnrolmentAnswer& answer) {
    if (!former || former->gatewayKey.empty() || former->gatewayKey == answer.gatewayKey) return {};
    std::error_code ignored;  // what stays is another gateway's and is not believed
    fs::remove(dataDir / "sealing-keys.json", ignored);
    if (!fs::exists(dataDir / "outbox.db")) return {};
    const auto store = outbox::SqliteOutboxStore::open(dataDir);
    return store ? (*store)->setNote("epoch", "") : tl::unexpected(store.error());
}

/// The agent would do it within a minute; so the very first report is sealed to the newest key.
void takeSealingKeys(link::GatewayClient& line, const fs::path& dataDir, const std::string& gatewayKey) {
    const auto told = line.sealingKeys("");
    if (told && *told)
        (void)device::ToldSealingKeys(dataDir, *crypto::VerifyKey::parse(gatewayKey)).take((*told)->bytes);
}

Result<wire::EnrolmentAnswer> enrol(const device::KioskConfig& config, const std::string& typed) {
    const auto code = wire::EnrolmentCode::parse(typed);
    if (!code) return tl::unexpected(code.error());
    if (auto made = makePrivate(config.dataDir); !made) return tl::unexpected(made.error());
    // Two at once would each take the other's key for its own.
    auto sole = base::FileLock::take(config.dataDir / "enrol.lock");
    if (!sole && sole.error().kind == ProblemKind::StoreBusy)
        sole.error().facts.emplace_back("key", "enrolment");
    if (!sole) return tl::unexpected(sole.error());
    auto former = formerOf(config.dataDir);
    if (!former) return tl::unexpected(former.error());
    // A new key each time: what was revoked must not come back under another name.
    auto key = device::nextKioskKey(config.dataDir);
    if (!key) return tl::unexpected(key.error());
    const base::SystemClock clock;
    auto line = lineTo(config, clock);
    auto answer = line.enrol(*code, key->verifyKey(), *former ? &(*former)->key : nullptr);
    if (!answer) return answer;
    if (auto done = forgetOtherGateway(config.dataDir, *former, *answer); !done)
        return tl::unexpected(done.error());
    device::Enrolment enrolment{*answer, *std::move(key)};
    if (*former) enrolment.codes = std::move((*former)->codeHashKey);
    if (auto saved = enrolment.save(config.dataDir); !saved) return tl::unexpected(saved.error());
    takeSealingKeys(line, config.dataDir, answer->gatewayKey);
    return answer;
}

/// Quoted for a shell, whatever the station is called.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

/// The place this kiosk has, as the command that gives it back at a gateway restored from a backup that is
/// older.
void show(Tool& tool) {
    const auto config = tool.loadConfig();
    if (!config) return tool.fail(config.error());
    const auto ours = device::Enrolment::load(config->dataDir);
    if (!ours) return tool.fail(ours.error());
    std::cout << "tram-gateway readmit --id " << ours->answer.kioskId << " --key "
              << ours->key.verifyKey().text() << " --prefix " << ours->answer.prefix << " --ward "
              << ours->answer.wardCode << " --station " << quoted(ours->answer.stationName) << '\n';
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
    auto showing = std::make_shared<bool>(false);
    command->add_flag("--show", *showing, tool.say("tool.help.enrol.show"));
    command->callback([&tool, code, showing] { *showing ? show(tool) : run(tool, *code); });
}

}  // namespace tram::tool
