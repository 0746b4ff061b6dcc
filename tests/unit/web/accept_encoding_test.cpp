#include "web/accept_encoding.h"

#include <gtest/gtest.h>

namespace hotseat::web {
namespace {

Request accepting(const std::string& list) {
  Request request;
  request.headers = {{"accept-encoding", list}};
  return request;
}

TEST(AcceptEncodingTest, GzipHasToBeSaid) {
  EXPECT_FALSE(takes_gzip(Request{}));
  for (const char* list :
       {"gzip", "GZip", "x-gzip", "*", "br, gzip", "gzip, deflate, br", " gzip ", "gzip;q=1",
        "gzip;q=1.000", "gzip ; q=0.001", "gzip;Q=0.5", "*;q=0.1", "*;q=0, gzip", ",,gzip,"}) {
    EXPECT_TRUE(takes_gzip(accepting(list))) << list;
  }
  for (const char* list : {"", "identity", "br", "gzipped", "zgzip", ",", ";", "\xff"}) {
    EXPECT_FALSE(takes_gzip(accepting(list))) << list;
  }
}

TEST(AcceptEncodingTest, AWeightOfNothingForbids) {
  for (const char* list : {"gzip;q=0", "gzip;q=0.0", "gzip;q=0.000", "gzip; q=0, *", "*;q=0",
                           "*, gzip;q=0", "gzip;q=0., br"}) {
    EXPECT_FALSE(takes_gzip(accepting(list))) << list;
  }
}

TEST(AcceptEncodingTest, AWeightThatIsNoneForbids) {
  for (const char* list : {"gzip;q=", "gzip;q=x", "gzip;q=2", "gzip;q=1.1", "gzip;q=-1",
                           "gzip;q=0.0001", "gzip;q=1e1", "gzip;level=9", "gzip;q=05"}) {
    EXPECT_FALSE(takes_gzip(accepting(list))) << list;
  }
}

TEST(AcceptEncodingTest, SeveralHeadersAreOneList) {
  Request request = accepting("br");
  request.headers.emplace_back("accept-encoding", "gzip");
  EXPECT_TRUE(takes_gzip(request));
  request.headers.front().second = "gzip;q=0";
  EXPECT_FALSE(takes_gzip(request));
}

}  // namespace
}  // namespace hotseat::web
