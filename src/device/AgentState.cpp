#include "device/AgentState.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <fstream>
#include <optional>

#include "base/Files.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxBytes = 4096;

std::filesystem::path fileIn(const std::filesystem::path& runtimeDir) {
    return runtimeDir / "agent.json";
}

std::optional<AgentState> fromJson(const json& state) {
    AgentState read;
    read.online = state.at("online").get<bool>();
    read.problem = state.value("problem", "");
    read.sending = state.value("sending", "");
    read.content = state.value("content", "");
    read.writtenAt.bootId = state.at("boot_id").get<std::string>();
    const auto& sinceBoot = state.at("since_boot_ms");
    // A negative one would overflow when its age is told; one beyond 64 bits is read as a float.
    if (!sinceBoot.is_number_unsigned() || sinceBoot.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    read.writtenAt.sinceBoot = base::Millis(sinceBoot.get<std::int64_t>());
    return read;
}

}  // namespace

base::Result<void> AgentState::write(const std::filesystem::path& runtimeDir) const {
    const json state = {
        {"online", online},   {"problem", problem},          {"sending", sending},
        {"content", content}, {"boot_id", writtenAt.bootId}, {"since_boot_ms", writtenAt.sinceBoot.count()}};
    // Replaced whole, so that no reader sees half of it; not synced, because it is worth nothing after a
    // reboot.
    const auto file = fileIn(runtimeDir);
    const auto beside = runtimeDir / ".agent.json.new";
    errno = 0;
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out << state.dump();
    out.close();
    if (!out) return tl::unexpected(base::fileProblem(errno, beside));
    std::error_code error;
    std::filesystem::rename(beside, file, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), file));
    return {};
}

base::Result<AgentState> AgentState::read(const std::filesystem::path& runtimeDir) {
    const auto bytes = base::readFile(fileIn(runtimeDir), kMaxBytes);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto malformed = [&] {
        return fail(ProblemKind::Malformed, {{"path", fileIn(runtimeDir).string()}});
    };
    try {
        auto state = fromJson(json::parse(*bytes));
        if (!state) return malformed();
        return std::move(*state);
    } catch (const json::exception&) {
        return malformed();
    }
}

bool AgentState::onlineAt(const base::BootTime& now) const {
    return online && now.bootId == writtenAt.bootId && now.sinceBoot - writtenAt.sinceBoot <= kFresh;
}

AgentState::Link AgentState::linkAt(const base::BootTime& now) const {
    if (!onlineAt(now)) return Link::Offline;
    return sending.empty() ? Link::Online : Link::SendingFails;
}

}  // namespace tram::device
