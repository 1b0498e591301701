#pragma once
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "LiveCity.h"
#include "PretendKiosk.h"
#include "wire/SealingStatement.h"

namespace tram::test {

/// What the escrows of these tests are locked with.
inline const std::string kPassphrase = "sáu từ chọn bằng xúc xắc";

inline std::filesystem::path writeSecret(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text << '\n';
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    return file;
}

/// The real command line; what it says on both of its outputs.
inline std::string runQuietly(const std::vector<std::string>& arguments, int& code) {
    std::vector<std::string> argv = {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return runAndRead(argv, code);
}

/// What the gateway tells of its sealing keys, as a kiosk enrolled there reads it.
inline wire::SealingStatement told(LiveCity& city, const PretendKiosk& kiosk) {
    const auto reply = city.send({.path = "/v1/sealing-keys"});
    REQUIRE(reply.status == 200);
    const auto statement =
        wire::SealingStatement::open(reply.body, *crypto::VerifyKey::parse(kiosk.place.gatewayKey));
    REQUIRE(statement);
    return *statement;
}

}  // namespace tram::test
