// Emergency alerts, as they come and as they are given on.
#include "Corpus.h"
#include "Fixed.h"
#include "cap/Bulletin.h"

namespace tram::seeds {

namespace {

constexpr int kMessage = 0, kList = 1, kShape = 2, kFeed = 3;

std::string message(const std::string& area) {
    return R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A</identifier><sender>s</sender>)"
           "<sent>2026-11-21T09:40:00+07:00</sent><status>Actual</status><msgType>Update</"
           "msgType><scope>Public</scope>"
           "<references>s,B,2026-11-21T09:30:00+07:00</references><info><category>Met</category><event>e</"
           "event>"
           "<urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty><expires>"
           "2026-11-21T20:00:00+07:00</expires><web>https://x.example</web><area><areaDesc>x</areaDesc>" +
           area + "</area></info></alert>";
}
const std::string kPolygon = "10.7,106.6 10.8,106.6 10.8,106.7 10.7,106.6";

std::string list() {
    cap::AlertBook book({.wardCode = "TRAM-WARD"});
    for (const char* name : {"demo/alerts/tide.xml", "demo/alerts/drill.xml"})
        book.take(cap::Alert::parse(resource(name)).value());
    book.take(cap::Alert::parse(message("<polygon>" + kPolygon + "</polygon><circle>10.7,106.6 2</circle>"))
                  .value());
    return cap::Bulletin{1, fixed::now(), fixed::now() + std::chrono::hours(1),
                         book.notices(base::WallTime::min())}
        .toJson();
}

}  // namespace

void alertsCorpus(Corpus into) {
    for (const char* name : {"tide.xml", "tide-cancel.xml", "drill.xml"})
        into.add(kMessage, resource((std::string("demo/alerts/") + name).c_str()));
    into.add(kMessage, message("<polygon>" + kPolygon + "</polygon><circle>10.7,106.6 2</circle>"));
    into.add(kMessage, message("<geocode><valueName>TRAM-WARD</valueName><value>27154</value></geocode>"));
    into.add(kList, list());
    for (const std::string& shape :
         {kPolygon, std::string("10.7,106.6 2.5"), std::string("2026-11-21T09:40:00+07:00")})
        into.add(kShape, shape);
    into.add(
        kFeed,
        R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link href="/a"/></entry></feed>)");
    into.add(kFeed,
             "<rss><channel><item><link>https://feed.example/a</link><guid>1</guid></item></channel></rss>");
}

}  // namespace tram::seeds
