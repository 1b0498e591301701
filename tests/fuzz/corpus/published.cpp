// What a city publishes: kinds, tables, and the documents that are signed.
#include "Corpus.h"
#include "Fixed.h"
#include "trust/Manifest.h"
#include "trust/Root.h"

namespace tram::seeds {

namespace {

constexpr int kKind = 0, kHours = 1, kValue = 2, kTable = 3, kRoot = 4, kManifest = 5, kCosigned = 6;

std::string root() {
    trust::Root root;
    root.version = 1;
    root.signedAt = fixed::now();
    root.expires = fixed::now() + std::chrono::hours(24);
    for (const auto role : {trust::Role::Root, trust::Role::Content, trust::Role::Alerts, trust::Role::Staff})
        root.roles[role] = {{fixed::signing().verifyKey()}, 1};
    return root.toJson();
}

std::string manifest() {
    return trust::Manifest{
        1, fixed::now(), fixed::now() + std::chrono::hours(24), {{"city", std::string(64, 'a'), 1000}}}
        .toJson();
}

}  // namespace

void contentCorpus(Corpus into) {
    for (const char* kind : {"pharmacy", "certificate"})
        into.add(kKind, resource((std::string("catalogue/kinds/") + kind + ".json").c_str()));
    for (const char* hours : {"24/7", "Mo-Fr 07:30-11:30,13:00-17:00; Sa off; PH off", "Sa-Mo 08:00-24:00"})
        into.add(kHours, hours);
    const std::string values[] = {"12 Lê Lợi",     "Một\nHai",
                                  "Một\nHai",      "a",
                                  "1200",          "2000",
                                  "2024-02-29",    "Mo-Fr 08:00-17:00",
                                  "028 3829 7005", "https://hcmc.gov.vn/a?b=c"};
    for (std::size_t type = 0; type < std::size(values); ++type)
        into.add(kValue, static_cast<char>(type) + values[type]);
    // By the kind's place in the catalogue: agency, clinic.
    into.add(kTable, '\0' + beginning(resource("demo/city/agencies.csv"), 5));
    into.add(kTable, '\4' + beginning(resource("demo/city/clinics.csv"), 5));
    into.add(kRoot, root());
    into.add(kManifest, manifest());
    into.add(kCosigned, slip(0, 20, 'x') + slip(2, 30, 'y'));
}

}  // namespace tram::seeds
