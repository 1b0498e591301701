#include "gateway/demo/DemoStaff.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

crypto::Bytes demoBytes(const json& member, const char* key) {
    const std::string text = member.at(key);
    return crypto::fromBase64(text).value();
}

StaffRegistry::Given givenFrom(const json& row) {
    const auto badge = wire::BadgeCode::read(row.at("badge").get<std::string>()).value();
    return {row.at("ward"),
            row.at("code"),
            {row.at("id"), row.at("name"), row.at("unit"),
             wire::staffRoleFrom(row.at("role").get<std::string>()).value(), wire::BadgeCode::hashOf(badge),
             demoBytes(row, "salt"), demoBytes(row, "verifier")},
            demoBytes(row, "code_salt"),
            demoBytes(row, "code_hash")};
}

}  // namespace

Result<void> giveDemoStaff(StaffRegistry& staff, const std::filesystem::path& file, base::WallTime now) {
    const auto text = base::readFile(file, 1u << 20);
    if (!text) return tl::unexpected(text.error());
    try {
        const auto plan = json::parse(*text);
        for (const auto& row : plan.at("staff"))
            if (auto given = staff.give(givenFrom(row), now); !given) return given;
    } catch (const std::exception&) {
        return base::fail(ProblemKind::Malformed, {{"path", "staff.json"}});
    }
    return {};
}

}  // namespace tram::gateway
