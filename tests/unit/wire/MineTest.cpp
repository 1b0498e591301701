#include "wire/Mine.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::MyServices;

TEST_CASE("Services of a later version are given back to the last member, and are not written here") {
    const std::string later =
        R"({"layout":{"columns":3},"revision":4,"services":[{"id":"news"},"x"],"version":2})";
    auto mine = MyServices::parse(later);
    REQUIRE(mine);
    CHECK(mine->readOnly());
    CHECK(mine->services == std::vector<std::string>{"x"});
    CHECK(mine->toJson() == later);
    mine->services = {"other"};
    CHECK(mine->toJson() == later);
    mine->revision = 5;
    CHECK(json::parse(mine->toJson()).at("revision") == 5);
    CHECK(MyServices::parse(R"({"version":3,"revision":1})"));
    CHECK(MyServices::parse(R"({"version":3,"revision":1,"services":"all"})"));
}

TEST_CASE("Services of this version keep members and ids that are not known") {
    auto mine =
        MyServices::parse(R"({"version":1,"revision":0,"services":["later_one","news"],"more":true})");
    REQUIRE(mine);
    mine->services.push_back("dossier");
    const auto written = json::parse(mine->toJson());
    CHECK(written.at("more") == true);
    CHECK(written.at("services") == json::array({"later_one", "news", "dossier"}));
    auto same = *mine;
    same.revision = 9;
    CHECK(same.saysTheSame(*mine));
    same.services.pop_back();
    CHECK_FALSE(same.saysTheSame(*mine));
    for (const char* bad :
         {R"({"version":0,"revision":0,"services":[]})", R"({"version":1,"revision":0})",
          R"({"version":1,"revision":0,"services":[1]})", R"({"version":1,"revision":0,"services":["a b"]})",
          R"({"version":1,"revision":-1,"services":[]})"})
        CHECK_FALSE(MyServices::parse(bad));
}

TEST_CASE("Services that would be too long once they are written again are refused at once") {
    std::string numbers = "1e9";
    while (numbers.size() < 3000) numbers += ",1e9";
    CHECK_FALSE(MyServices::parse(R"({"version":2,"revision":0,"x":[)" + numbers + "]}"));
    std::string text(MyServices::kMaxBytes - 60, 'x');
    const auto most = MyServices::parse(R"({"version":2,"revision":0,"x":")" + text + "\"}");
    REQUIRE(most);
    auto grown = *most;
    grown.revision = 999'999'999'999;
    CHECK(MyServices::parse(grown.toJson()));
}

TEST_CASE("Words come with a correction alone, and no more than a thousand characters") {
    auto request = rightsRequest();
    CHECK(wire::RightsRequest::parse(request.toJson().reveal()));
    request.right = wire::Right::Delete;
    CHECK_FALSE(wire::RightsRequest::parse(request.toJson().reveal()));
    request.words = {};
    CHECK(wire::RightsRequest::parse(request.toJson().reveal()));
    request.right = wire::Right::Correct;
    CHECK_FALSE(wire::RightsRequest::parse(request.toJson().reveal()));
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += "ệ";
    request.words = secret(thousand);
    CHECK(wire::RightsRequest::parse(request.toJson().reveal()));
    request.words = secret(thousand + "a");
    CHECK_FALSE(wire::RightsRequest::parse(request.toJson().reveal()));
    request.words = secret("a");
    request.about = "K7M3Q9X2TW";
    CHECK(wire::RightsRequest::parse(request.toJson().reveal()));
    request.about = "K7M3Q9X2TX";
    CHECK_FALSE(wire::RightsRequest::parse(request.toJson().reveal()));
}

TEST_CASE("A link of a document is https, or none") {
    auto documents = myDocuments();
    CHECK(wire::MyDocuments::parse(documents.toJson()));
    documents.documents[0].link = "http://vneid.gov.vn/";
    CHECK_FALSE(wire::MyDocuments::parse(documents.toJson()));
}
