// What the build of an Android app needs of Apollo Kotlin. DateTime is ISO 8601 in UTC.
plugins {
    id("com.apollographql.apollo") version "4.3.1"
}

dependencies {
    implementation("com.apollographql.apollo:apollo-runtime:4.3.1")
}

apollo {
    service("oko") {
        packageName.set("com.example.oko")
        schemaFiles.from("../../schema.graphql")
        srcDir("operations")
        mapScalar("DateTime", "kotlin.String")
    }
}
