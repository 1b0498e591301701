// What an identity provider says of a person, how it may be spoken to, and codes as people type them.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "Fixed.h"
#include "Input.h"
#include "gateway/identity/DeviceLogins.h"
#include "gateway/provider/Claims.h"
#include "wire/Json.h"

using namespace tram;

namespace {

const gateway::ProviderProfile& profile() {
    static const auto read =
        gateway::ProviderProfile::parse(R"({"name":"V","issuer":"i","scan":"phone_browser",
        "client_id":"c","client_auth":"none","authorization_endpoint":"https://a/","token_endpoint":"https://a/",
        "userinfo_endpoint":"https://a/","id_token":false,"claims":{"subject":"sub","name":"/a/n","birthdate":"b",
        "level":"l","type":"t","personal_number":"p","phone":"f"},"birthdate_format":"DD/MM/YYYY",
        "levels":{"1":1,"2":2},"foreigner_types":["N"]})");
    return *read;
}

bool areDigits(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

void userinfo(std::string_view text) {
    const auto claims = wire::parseJson(text, 64 * 1024);
    if (!claims) return;
    const auto resident = gateway::residentFrom(*claims, profile(), fixed::now());
    if (!resident) return;
    const auto& number = resident->personalNumber.reveal();
    must(resident->level == 2, "nobody below the level gets in");
    must(resident->foreigner ? number.empty() : number.size() == 12 && areDigits(number), "a number is one");
    must(resident->birthdate.reveal().size() == 10 && resident->birthdate.reveal()[4] == '-',
         "a date is one");
    must(!resident->name.reveal().empty() && !resident->subject.reveal().empty(), "somebody is somebody");
}

void typed(std::string_view text) {
    const auto code = gateway::UserCode::parse(text);
    must(!code || (code->size() == 9 && gateway::UserCode::parse(*code) == code),
         "a code is read as it is shown");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(3)) {
        case 0:
            userinfo(input.rest());
            break;
        case 1:
            typed(input.rest());
            break;
        case 2:
            if (const auto read = gateway::ProviderProfile::parse(input.rest()))
                must(read->userinfoEndpoint.starts_with("http"), "an accepted profile has what is required");
            break;
    }
    return 0;
}
