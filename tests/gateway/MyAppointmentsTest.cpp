// Appointments of who has logged in, over real HTTP.
#include <algorithm>

#include "MineDesk.h"

using namespace tram;
using namespace tram::test;

TEST_CASE("mine: an appointment asked for while logged in is theirs, with its consent") {
    LiveCity city;
    MineDesk lan(city), marie(city);
    lan.logIn("lan");
    marie.logIn("marie");
    const auto code = lan.appointment(lan.sub);
    (void)lan.appointment("");  // nobody's
    CHECK(
        eventually([&] { return lan.read<wire::MyAppointments>("appointments").appointments.size() == 1; }));
    const auto mine = lan.read<wire::MyAppointments>("appointments");
    CHECK(mine.appointments.front().code == code);
    CHECK(mine.appointments.front().procedure == "Đăng ký khai sinh");
    CHECK_FALSE(mine.source.empty());
    CHECK(marie.read<wire::MyAppointments>("appointments").appointments.empty());
    const auto report = lan.report(lan.sub);
    CHECK(eventually([&] { return lan.read<wire::MyConsents>("consents").consents.size() == 2; }));
    const auto consents = lan.read<wire::MyConsents>("consents").consents;
    CHECK(std::ranges::count(consents, true, &wire::MyConsent::isAppointment) == 1);
    const auto given = std::ranges::find(consents, code, &wire::MyConsent::code);
    REQUIRE(given != consents.end());
    CHECK(given->version == "vi:1");
    CHECK(marie.read<wire::MyConsents>("consents").consents.empty());
    CHECK(lan.get("appointments").body.find("CANARY") == std::string::npos);

    (void)lan.ask(wire::Right::Withdraw, code);
    CHECK(eventually([&] {
        return lan.read<wire::MyAppointments>("appointments").appointments.front().state ==
               wire::AppointmentState::Withdrawn;
    }));
    CHECK(city.send({.path = "/hen/" + code}).body.find("Đã huỷ lịch hẹn") != std::string::npos);

    const auto asked = lan.ask(wire::Right::Delete, std::string(wire::RightsRequest::kAll));
    CHECK(eventually([&] { return !city.tool({"rights", "list"}).empty(); }));
    CHECK(city.tool({"rights", "show", asked.code}).find("appointment\t" + code) != std::string::npos);
    city.tool({"rights", "answer", asked.code, "--done", "--delete"});
    CHECK(lan.read<wire::MyAppointments>("appointments").appointments.empty());
    CHECK(lan.read<wire::MyConsents>("consents").consents.empty());
    CHECK(city.send({.path = "/v1/appointments/" + code}).status == 404);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
